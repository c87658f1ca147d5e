// Collecting everything that is wrong with a request, to refuse it with all faults at once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "wharf/refusal.hpp"

namespace wharf::domain {

// Faults of the request itself make it invalid; what is only at odds with the document as it now is
// makes a conflict, unless the request is invalid as well.
class Faults {
public:
    void add(std::string pointer, std::string code, std::string detail) {
        faults_.push_back({std::move(pointer), std::move(code), std::move(detail)});
    }
    void add_if(bool wrong, std::string pointer, std::string code, std::string detail) {
        if (wrong) add(std::move(pointer), std::move(code), std::move(detail));
    }
    void conflict_if(bool wrong, std::string pointer, std::string code, std::string detail) {
        if (!wrong) return;
        faults_.push_back({std::move(pointer), std::move(code), std::move(detail)});
        ++conflicts_;
    }
    void add(Fault fault) { faults_.push_back(std::move(fault)); }
    // Keeps the faults of a refusal of input; passes on any other.
    void add(const Refusal& refusal) {
        if (refusal.kind() != RefusalKind::invalid || refusal.faults().empty()) throw refusal;
        faults_.insert(faults_.end(), refusal.faults().begin(), refusal.faults().end());
    }
    [[nodiscard]] bool empty() const { return faults_.empty(); }
    [[nodiscard]] std::vector<Fault> take() { return std::move(faults_); }
    void refuse_if_any() {
        if (faults_.empty()) return;
        if (conflicts_ < faults_.size()) throw Refusal::invalid(std::move(faults_));
        const auto first = faults_.front();
        throw Refusal::conflict(first.code, first.detail).with_faults(std::move(faults_));
    }

private:
    std::vector<Fault> faults_;
    std::size_t conflicts_ = 0;
};

// Runs a check that refuses; its faults join the others.
template <class Check>
void collect(Faults& faults, Check check) {
    try {
        check();
    } catch (const Refusal& refusal) {
        faults.add(refusal);
    }
}

}  // namespace wharf::domain
