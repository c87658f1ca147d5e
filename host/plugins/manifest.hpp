// The manifest of a bundle, as the SDK reads it: the bundle tool refuses what this host would.
#pragma once

#include "sdk/manifest/manifest.hpp"

namespace wharf::plugins {

using manifest::CollectionManifest;
using manifest::EventManifest;
using manifest::ExistingDocument;
using manifest::FileManifest;
using manifest::IndexManifest;
using manifest::JobManifest;
using manifest::Manifest;
using manifest::one_line;
using manifest::OperationManifest;
using manifest::PermissionManifest;
using manifest::ReactionManifest;
using manifest::read_description;
using manifest::read_manifest;
using manifest::ReceiverManifest;
using manifest::RequirementManifest;
using manifest::ScheduleManifest;
using manifest::ScheduleRule;
using manifest::shared_object_name;

}  // namespace wharf::plugins
