// Every operation of the vocabulary has a well-formed description.
#include <gtest/gtest.h>

#include <set>

#include "wharf/describe.hpp"
#include "wharf/events.hpp"
#include "wharf/operations/catalog.hpp"
#include "wharf/operations/inventory.hpp"
#include "wharf/operations/planning.hpp"
#include "wharf/operations/purchasing.hpp"
#include "wharf/operations/sales.hpp"
#include "wharf/schema.hpp"

namespace {

template <wharf::OperationRequest... Requests>
struct Operations {};

using All = Operations<
    wharf::catalog::PutLocation, wharf::catalog::PutProduct, wharf::catalog::PutVendor,
    wharf::catalog::PutVendorItem, wharf::catalog::PutCustomer, wharf::catalog::PutStockLevel,
    wharf::catalog::LockLot, wharf::inventory::Levels, wharf::inventory::Adjust,
    wharf::inventory::MoveBin, wharf::inventory::Verify, wharf::sales::PlaceOrder,
    wharf::sales::AmendOrder, wharf::sales::ShipOrder, wharf::sales::ExpectReturn,
    wharf::purchasing::CreateOrder, wharf::purchasing::AmendOrder, wharf::receiving::PostReceipt,
    wharf::receiving::InspectReceipt, wharf::planning::Needs, wharf::planning::PegSupply>;

template <class... Requests, class Visit>
void each(Operations<Requests...>, Visit visit) {
    (visit.template operator()<Requests>(), ...);
}

TEST(Operations, EachRouteNamesOnlyFieldsOfItsRequest) {
    each(All{}, []<class Request>() {
        const auto shape = wharf::shape_of<Request>();
        std::string_view route = Request::kOperation.route;
        while (true) {
            const auto open = route.find('{');
            if (open == std::string_view::npos) break;
            const auto close = route.find('}', open);
            EXPECT_NE(shape->field(route.substr(open + 1, close - open - 1)), nullptr)
                << Request::kOperation.name;
            route = route.substr(close + 1);
        }
    });
}

TEST(Operations, EachReplyHasASchema) {
    each(All{}, []<class Request>() {
        const auto schema = wharf::to_json_schema(*wharf::shape_of<typename Request::Reply>());
        EXPECT_EQ(boost::json::serialize(wharf::to_json_schema(*wharf::shape_from_schema(schema))),
                  boost::json::serialize(schema))
            << Request::kOperation.name;
    });
}

}  // namespace
