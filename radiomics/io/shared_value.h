#pragma once

#include <concepts>
#include <memory>
#include <utility>

namespace radiomics {

/// A value that many objects have in common, held once: a pointer for each of them, none for the
/// empty value. It is read as a T and replaced as a whole, never changed for the others. Copies may
/// be used from several threads.
template <class T>
class Shared {
 public:
  Shared() = default;
  Shared(T value) {  // NOLINT: stands for a T
    if (value != T{}) value_ = std::make_shared<const T>(std::move(value));
  }

  const T& value() const {
    static const T none{};
    return value_ ? *value_ : none;
  }
  operator const T&() const { return value(); }  // NOLINT: stands for a T
  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }

  friend bool operator==(const Shared& a, const Shared& b) {
    return a.value_ == b.value_ || a.value() == b.value();
  }
  friend bool operator==(const Shared& a, const T& b) { return a.value() == b; }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace radiomics
