// A request field that may be left out and then has the value that its struct gives it.
#pragma once

#include <utility>

namespace wharf {

template <class T>
class Defaulted {
public:
    using value_type = T;

    Defaulted() = default;
    Defaulted(T value) : value_(std::move(value)) {}

    operator const T&() const { return value_; }
    const T& operator*() const { return value_; }
    T& operator*() { return value_; }
    const T* operator->() const { return &value_; }
    T* operator->() { return &value_; }
    friend bool operator==(const Defaulted& left, const Defaulted& right) {
        return left.value_ == right.value_;
    }
    friend bool operator==(const Defaulted& left, const T& right) { return left.value_ == right; }

private:
    T value_{};
};

}  // namespace wharf
