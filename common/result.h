// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <variant>

namespace Synchat {

/// Wraps the error with which a `Result` is made: `return Failure(NameRefusal::Empty);`
template <typename E>
class Failure
{
public:
    explicit Failure(E error)
        : m_error(std::move(error))
    {}
    const E &error() const & { return m_error; }
    E &&error() && { return std::move(m_error); }

private:
    E m_error;
};

/// A value or the reason why there is none; the names are those of `std::expected`,
/// which g++ 12 does not have in C++20. Not for failures that happen later: those are signals.
template <typename T, typename E>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    {}
    Result(Failure<E> failure)
        : m_content(std::in_place_index<1>, std::move(failure).error())
    {}

    bool has_value() const { return m_content.index() == 0; }
    explicit operator bool() const { return has_value(); }

    /// Only when `has_value()`.
    const T &operator*() const & { return *std::get_if<0>(&m_content); }
    T &operator*() & { return *std::get_if<0>(&m_content); }
    T &&operator*() && { return std::move(*std::get_if<0>(&m_content)); }
    const T *operator->() const { return std::get_if<0>(&m_content); }
    T *operator->() { return std::get_if<0>(&m_content); }

    /// Only when not `has_value()`.
    const E &error() const { return *std::get_if<1>(&m_content); }

private:
    std::variant<T, E> m_content;
};

} // namespace Synchat
