#include "host/app/backup_operation.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <wharf/operation.hpp>

#include "host/accounts/accounts.hpp"
#include "host/operations/bind.hpp"

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

Backup make(operations::CallContext& context, const std::filesystem::path& data) {
    const auto account = context.services().accounts->open(context.account());
    Backup backup;
    backup.made_at = context.now();
    const auto name = context.account().text() + "-" + compact(backup.made_at) + ".db";
    backup.file = "backups/" + name;
    if (context.dry_run()) return backup;
    const auto path = backups_folder(data) / name;
    account->backup_to(path.string());
    backup.bytes = static_cast<std::int64_t>(std::filesystem::file_size(path));
    return backup;
}

}  // namespace

std::filesystem::path backups_folder(const std::filesystem::path& data) {
    auto folder = data / "backups";
    std::filesystem::create_directories(folder);
    return folder;
}

void bind_backups(operations::Registry& registry, const std::filesystem::path& data) {
    operations::bind<MakeBackup>(
        registry,
        [data](operations::CallContext& context, const MakeBackup&) { return make(context, data); },
        [](operations::Operation& operation) { operation.place = operations::Place::outside; });
}

}  // namespace wharf::app
