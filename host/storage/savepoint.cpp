// The guard around a nested piece of work; see session.hpp for its contract.
#include "host/storage/session.hpp"

namespace wharf::storage {

// The session either rolls back or gives the whole transaction up (then in_transaction() is false
// and the batch is dead), so there is nothing left to say from a destructor.
Savepoint::~Savepoint() {
    if (!open_ || !session_.in_transaction()) return;
    try {
        session_.rollback_savepoint();
    } catch (const std::exception&) {
        return;
    }
}

void Savepoint::keep() {
    session_.release_savepoint();
    open_ = false;
}

void Savepoint::undo() {
    if (!open_) return;
    open_ = false;
    if (session_.in_transaction()) session_.rollback_savepoint();
}

}  // namespace wharf::storage
