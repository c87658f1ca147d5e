#include "host/domain/ledger.hpp"
