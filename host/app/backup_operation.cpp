#include "host/app/backup_operation.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <utility>
#include <wharf/json_parse.hpp>
#include <wharf/operation.hpp>

#include "host/accounts/accounts.hpp"
#include "host/limits.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/idempotency.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/units.hpp"

namespace wharf::app {

namespace {

struct Backup {
    std::string file;  // relative to the data folder
    std::int64_t bytes = 0;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(Backup, (), (file, bytes, made_at))

struct MakeBackup {
    using Reply = Backup;
    static constexpr OperationInfo kOperation{
        "accounts.backup",
        Access::write,
        "accounts.write",
        "POST /backups",
        "Copy the account into the host's backups folder while it is served",
        201};
};
BOOST_DESCRIBE_STRUCT(MakeBackup, (), ())

// 20261101T090000000Z: sorts by time, and no shell minds it.
std::string compact(Instant instant) {
    auto text = instant.text();
    std::erase_if(text, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return text;
}

// What is made tells of itself in the account's journal, and the call's Idempotency-Key gives it
// again: together, once the file is whole.
void record(operations::CallContext& context, const Backup& backup,
            const std::optional<operations::IdempotencyKey>& key) {
    auto& services = context.services();
    operations::run_work(services, services.accounts->open(context.account()),
                         operations::facts_of_call(services, context.call(), true),
                         [&](operations::UnitOfWork& unit) {
                             operations::JournalEntry entry;
                             entry.operation = context.operation().name;
                             entry.actor = unit.caller().name;
                             entry.note = backup.file;
                             entry.input = "{}";
                             operations::append_journal(unit, entry);
                             if (!key) return;
                             operations::Answer answer;
                             answer.body = to_json(backup);
                             key->record(unit.session, answer, unit.facts.now, false);
                         });
}

// One at a time: copies of several accounts at once would only share the disk.
class Turn {
public:
    explicit Turn(std::binary_semaphore& turns) : turns_(turns) {
        if (turns_.try_acquire_for(limits::kUnitTimeMax)) return;
        throw Refusal::unavailable("backup_running", "other accounts are being copied",
                                   "try again in a while");
    }
    ~Turn() { turns_.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    std::binary_semaphore& turns_;
};

class Backups {
public:
    explicit Backups(std::filesystem::path data) : data_(std::move(data)) {}

    Backup make(operations::CallContext& context) {
        Backup backup;
        backup.made_at = context.now();
        const auto name = context.account().text() + "-" + compact(backup.made_at) + ".db";
        backup.file = "backups/" + name;
        if (context.dry_run()) return backup;
        const Turn turn(one_at_a_time_);
        const auto account = context.services().accounts->open(context.account());
        std::optional<operations::IdempotencyKey> key;
        if (context.call().idempotency_key) {
            key.emplace(context.call(), context.operation());
            if (const auto recorded = key->find(account->snapshot()->session())) {
                context.replayed = true;
                context.status = 200;
                return from_json<Backup>(parse_json(recorded->body).value);
            }
        }
        const auto path = backups_folder(data_) / name;
        account->backup_to(path.string());
        backup.bytes = static_cast<std::int64_t>(std::filesystem::file_size(path));
        record(context, backup, key);
        return backup;
    }

private:
    std::filesystem::path data_;
    std::binary_semaphore one_at_a_time_{1};
};

}  // namespace

std::filesystem::path backups_folder(const std::filesystem::path& data) {
    auto folder = data / "backups";
    std::filesystem::create_directories(folder);
    return folder;
}

void bind_backups(operations::Registry& registry, const std::filesystem::path& data) {
    operations::bind<MakeBackup>(
        registry,
        [backups = std::make_shared<Backups>(data)](
            operations::CallContext& context, const MakeBackup&) { return backups->make(context); },
        [](operations::Operation& operation) { operation.place = operations::Place::outside; });
}

}  // namespace wharf::app
