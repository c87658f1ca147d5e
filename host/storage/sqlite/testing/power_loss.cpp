#include "host/storage/sqlite/testing/power_loss.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <stdexcept>
#include <vector>

namespace wharf::storage::sqlite {
namespace {

constexpr std::int64_t kSectorBytes = 512;

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// One file as the disk knows it.
struct Image {
    std::string synced;
    bool durable = true;  // false: made here and never synced
    // Written since the last sync, by sector: the bytes from `begin` to `end` of it.
    struct Range {
        std::int64_t begin;
        std::int64_t end;
    };
    std::map<std::int64_t, Range> written;
    std::int64_t cut_to = -1;  // shortened since the last sync; -1: not

    void note_write(std::int64_t offset, std::int64_t size) {
        for (auto at = offset; at < offset + size;) {
            const auto sector = at / kSectorBytes;
            const auto begin = at - sector * kSectorBytes;
            const auto end = std::min(kSectorBytes, offset + size - sector * kSectorBytes);
            auto& range = written.try_emplace(sector, Range{begin, end}).first->second;
            range = {std::min(range.begin, begin), std::max(range.end, end)};
            at = (sector + 1) * kSectorBytes;
        }
    }
    void note_truncation(std::int64_t size) {
        cut_to = cut_to < 0 ? size : std::min(cut_to, size);
        written.erase(written.lower_bound((size + kSectorBytes - 1) / kSectorBytes), written.end());
    }
    void note_sync(std::string now) {
        synced = std::move(now);
        durable = true;
        written.clear();
        cut_to = -1;
    }
};

}  // namespace

struct PowerLoss::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::string name;
    std::mutex mutex;
    std::map<std::string, Image> images;
    std::mt19937 random;
    std::int64_t steps = 0;
    std::int64_t cut_at = -1;
    bool cut = false;
    bool lies = false;

    // Under the mutex. False from the cut on.
    bool step() {
        if (!cut && ++steps == cut_at) cut = true;
        return !cut;
    }
    // The step that comes next is the one in which the power goes.
    [[nodiscard]] bool at_cut() const { return !cut && steps + 1 == cut_at; }
    int up_to(int max) { return std::uniform_int_distribution(0, max)(random); }
    std::int64_t lose(const std::string& path, const Image& image);
    std::int64_t lose_sector(std::string& disk, const std::string& now, std::int64_t sector,
                             Image::Range range);
};

// Gives 1 when the sector is not what was written.
std::int64_t PowerLoss::State::lose_sector(std::string& disk, const std::string& now,
                                           std::int64_t sector, Image::Range range) {
    const auto begin = static_cast<std::size_t>(sector * kSectorBytes + range.begin);
    auto end = static_cast<std::size_t>(sector * kSectorBytes + range.end);
    end = std::min(end, now.size());
    if (begin >= end) return 0;
    const auto written = now.substr(begin, end - begin);
    auto kept = written;
    switch (up_to(5)) {
        case 0:
        case 1:
            break;  // it reached the disk
        case 2:
        case 3:
            return 1;  // it did not
        case 4:
            kept.resize(static_cast<std::size_t>(up_to(static_cast<int>(kept.size()))));
            break;
        default:
            for (auto& byte : kept) byte = static_cast<char>(up_to(255));
    }
    if (disk.size() < begin + kept.size()) disk.resize(begin + kept.size(), '\0');
    disk.replace(begin, kept.size(), kept);
    return kept == written ? 0 : 1;
}

std::int64_t PowerLoss::State::lose(const std::string& path, const Image& image) {
    if (!image.durable && up_to(1) == 0) {
        std::filesystem::remove(path);
        return 1;
    }
    if (image.written.empty() && image.cut_to < 0) return 0;
    const auto now = content_of(path);
    auto disk = image.synced;
    if (image.cut_to >= 0 && up_to(1) == 0) {
        disk.resize(std::min(disk.size(), static_cast<std::size_t>(image.cut_to)));
    }
    std::int64_t lost = 0;
    for (const auto& [sector, range] : image.written) lost += lose_sector(disk, now, sector, range);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(disk.data(), static_cast<std::streamsize>(disk.size()));
    return lost;
}

namespace {

// SQLite allocates one of these for each open file, and the real file's object behind it.
struct File {
    sqlite3_file base;
    PowerLoss::State* state;
    std::string* path;  // none: a temporary file, which is nobody's promise
    sqlite3_file* real;
};

File& self(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return self(file).real;
}

int file_close(sqlite3_file* file) {
    auto& own = self(file);
    const int code = own.real->pMethods != nullptr ? own.real->pMethods->xClose(own.real) : 0;
    delete own.path;
    return code;
}
int file_read(sqlite3_file* file, void* buffer, int size, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), buffer, size, offset);
}

template <class Note>
int changing(sqlite3_file* file, int failure, const Note& note) {
    auto& own = self(file);
    const std::lock_guard lock(own.state->mutex);
    if (own.path == nullptr) return note(nullptr);
    if (!own.state->step()) return failure;
    return note(&own.state->images[*own.path]);
}

// The write in which the power goes is under way: whatever part of it may be on the disk.
int file_write(sqlite3_file* file, const void* buffer, int size, sqlite3_int64 offset) {
    auto& own = self(file);
    const auto write = [&] {
        if (own.path != nullptr) own.state->images[*own.path].note_write(offset, size);
        return own.real->pMethods->xWrite(own.real, buffer, size, offset);
    };
    const std::lock_guard lock(own.state->mutex);
    if (own.path == nullptr) return write();
    if (own.state->at_cut()) write();
    return own.state->step() ? write() : SQLITE_IOERR_WRITE;
}
int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
    return changing(file, SQLITE_IOERR_TRUNCATE, [&](Image* image) {
        if (image != nullptr) image->note_truncation(size);
        return real(file)->pMethods->xTruncate(real(file), size);
    });
}
int file_sync(sqlite3_file* file, int) {
    return changing(file, SQLITE_IOERR_FSYNC, [&](Image* image) {
        // No real sync: the power of this machine goes in our stead.
        if (image != nullptr && !self(file).state->lies) {
            image->note_sync(content_of(*self(file).path));
        }
        return SQLITE_OK;
    });
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int file_lock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int file_unlock(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int file_check_lock(sqlite3_file* file, int* result) {
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}
int file_control(sqlite3_file* file, int what, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int file_sector_size(sqlite3_file*) {
    return static_cast<int>(kSectorBytes);
}
int file_characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
// The index of the log lives in memory: no disk holds it.
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods{2,
                                      file_close,
                                      file_read,
                                      file_write,
                                      file_truncate,
                                      file_sync,
                                      file_size,
                                      file_lock,
                                      file_unlock,
                                      file_check_lock,
                                      file_control,
                                      file_sector_size,
                                      file_characteristics,
                                      shm_map,
                                      shm_lock,
                                      shm_barrier,
                                      shm_unmap,
                                      nullptr,
                                      nullptr};

int vfs_open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out) {
    auto& state = *static_cast<PowerLoss::State*>(vfs->pAppData);
    auto& own = self(file);
    own.base.pMethods = nullptr;
    const std::lock_guard lock(state.mutex);
    const bool is_new = path != nullptr && !std::filesystem::exists(path);
    if (is_new && state.cut) return SQLITE_CANTOPEN;
    own.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
    const int code = state.real->xOpen(state.real, path, own.real, flags, out);
    if (code != SQLITE_OK) return code;
    own.state = &state;
    own.path = path == nullptr ? nullptr : new std::string(path);
    own.base.pMethods = &kMethods;
    if (path != nullptr && !state.images.contains(path)) {
        auto& image = state.images[path];
        if (is_new)
            image.durable = false;
        else
            image.synced = content_of(path);
    }
    return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    auto& state = *static_cast<PowerLoss::State*>(vfs->pAppData);
    const std::lock_guard lock(state.mutex);
    if (!state.step()) return SQLITE_IOERR_DELETE;
    state.images.erase(path);
    return state.real->xDelete(state.real, path, sync_folder);
}

}  // namespace

PowerLoss::PowerLoss(std::uint32_t seed) : state_(std::make_unique<State>()) {
    static std::atomic<int> made{0};
    auto& state = *state_;
    state.random.seed(seed);
    state.name = "power_loss_" + std::to_string(++made);
    state.real = sqlite3_vfs_find(nullptr);
    if (state.real == nullptr) throw std::runtime_error("SQLite has no file system");
    state.vfs = *state.real;
    state.vfs.pNext = nullptr;
    state.vfs.zName = state.name.c_str();
    state.vfs.pAppData = &state;
    state.vfs.szOsFile = static_cast<int>(sizeof(File)) + state.real->szOsFile;
    state.vfs.xOpen = vfs_open;
    state.vfs.xDelete = vfs_delete;
    // Everything else is the real one's own: it is told of itself.
    state.vfs.xAccess = [](sqlite3_vfs* vfs, const char* path, int flags, int* result) {
        auto* real = static_cast<State*>(vfs->pAppData)->real;
        return real->xAccess(real, path, flags, result);
    };
    state.vfs.xFullPathname = [](sqlite3_vfs* vfs, const char* path, int size, char* full) {
        auto* real = static_cast<State*>(vfs->pAppData)->real;
        return real->xFullPathname(real, path, size, full);
    };
    if (sqlite3_vfs_register(&state.vfs, 0) != SQLITE_OK) {
        throw std::runtime_error("SQLite takes no further file system");
    }
}

PowerLoss::~PowerLoss() {
    sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& PowerLoss::name() const {
    return state_->name;
}

void PowerLoss::cut_after(std::int64_t n) {
    const std::lock_guard lock(state_->mutex);
    state_->cut_at = state_->steps + n;
}

void PowerLoss::lie() {
    const std::lock_guard lock(state_->mutex);
    state_->lies = true;
}

bool PowerLoss::is_cut() const {
    const std::lock_guard lock(state_->mutex);
    return state_->cut;
}

std::int64_t PowerLoss::steps() const {
    const std::lock_guard lock(state_->mutex);
    return state_->steps;
}

std::int64_t PowerLoss::lose() {
    const std::lock_guard lock(state_->mutex);
    std::int64_t lost = 0;
    for (const auto& [path, image] : state_->images) {
        if (std::filesystem::exists(path)) lost += state_->lose(path, image);
        std::filesystem::remove(path + "-shm");
    }
    return lost;
}

}  // namespace wharf::storage::sqlite
