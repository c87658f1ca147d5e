// What every PUT of the catalog does once its content is checked.
#pragma once

#include <optional>

#include "host/domain/rows.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

// Makes the entry at version 1, or replaces it at the next version. The same content again is no
// change. An If-Match that names a version of something that is not there is stale.
template <class T>
T put_entry(Transaction& transaction, T entry, const std::optional<T>& existing) {
    transaction.check_version(existing ? existing->version : 0);
    if (!existing) {
        insert_row(transaction.session(), entry);
        return entry;
    }
    entry.version = existing->version;
    if (to_json(entry) == to_json(*existing)) {
        transaction.note_existing();
        return entry;
    }
    ++entry.version;
    update_row(transaction.session(), entry);
    return entry;
}

// A struct with the fields of another of the same names; a defaulted field gives its value.
template <class To, class From>
To copied(const From& from) {
    To to{};
    boost::mp11::mp_for_each<wharf::detail::Members<To>>([&](auto target) {
        boost::mp11::mp_for_each<wharf::detail::Members<From>>([&](auto source) {
            if (std::string_view(target.name) != source.name) return;
            auto& field = to.*target.pointer;
            const auto& value = from.*source.pointer;
            using Field = std::remove_cvref_t<decltype(field)>;
            using Value = std::remove_cvref_t<decltype(value)>;
            if constexpr (wharf::detail::kIsDefaulted<Value>) {
                if constexpr (std::assignable_from<Field&, typename Value::value_type>) {
                    field = *value;
                }
            } else if constexpr (std::assignable_from<Field&, const Value&>) {
                field = value;
            }
        });
    });
    return to;
}

}  // namespace wharf::domain
