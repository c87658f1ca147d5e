// Boost.JSON compiled into each bundle, hidden: a plugin depends on nothing but the C and C++
// runtimes.
#include <boost/json/src.hpp>
