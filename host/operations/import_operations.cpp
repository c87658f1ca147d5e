#include "host/operations/import_operations.hpp"

#include <wharf/operations/imports.hpp>

#include "host/operations/bind.hpp"
#include "host/operations/import_run.hpp"

namespace wharf::operations {

namespace {

imports::Report run_import(CallContext& context, const imports::Run& request) {
    ImportRun run(context.services(), context.call(), request);
    while (run.step()) {
    }
    return run.report();
}

}  // namespace

void bind_imports(Registry& registry) {
    bind<imports::Run>(registry, &run_import, [](Operation& operation) {
        operation.place = Place::outside;
        operation.csv_field = "csv";
    });
}

}  // namespace wharf::operations
