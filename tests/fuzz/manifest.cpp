// Manifests: plugin.json may hold anything; what is taken keeps the promises that loading, routing
// and describing rely on.
#include <boost/json/serialize.hpp>
#include <wharf/schema.hpp>

#include "sdk/manifest/manifest.hpp"
#include "sdk/manifest/names.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace wharf;
using namespace wharf::manifest;
using wharf::fuzz::require;

void check_schema(const boost::json::value& schema) {
    try {
        if (!schema.is_null()) (void)shape_from_schema(schema);
    } catch (const Refusal&) {
        require(false, "a schema of a taken manifest can be used");
    }
}

void check_names(const Manifest& taken) {
    require(is_plain_name(taken.name) && is_version(taken.version), "a plugin has a name");
    for (const auto& file : taken.files) {
        require(is_bundle_path(file.path) && is_sha256(file.sha256), "a file lies in the bundle");
        require(!file.path.starts_with('/') && file.path.find("..") == std::string::npos,
                "no file lies elsewhere");
    }
    for (const auto& operation : taken.operations) {
        require(operation.name.starts_with(taken.name + '.'), "an operation is the plugin's own");
        require(operation.path.starts_with('/'), "an operation has a path");
        check_schema(operation.request);
        check_schema(operation.reply);
    }
    for (const auto& event : taken.events) check_schema(event.shape);
    for (const auto& collection : taken.collections) check_schema(collection.shape);
    check_schema(taken.config);
}

void check_description(const Manifest& taken) {
    try {
        const auto again = read_description(boost::json::serialize(taken.description));
        require(again.description == taken.description, "a description is read as the same");
    } catch (const Refusal&) {
        require(false, "the description of a taken manifest is one");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto taken = read_manifest(wharf::fuzz::text_of(data, size));
        check_names(taken);
        check_description(taken);
    } catch (const Refusal& refusal) {
        require(!one_line(refusal).empty(), "a refusal names its reason");
    }
    return 0;
}
