// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/exportformat.h"
#include "server/config.h"
#include "server/store/chaincheck.h"
#include "server/store/exportrange.h"

#include <memory>

namespace Synchat {

constexpr auto BundleName = QLatin1StringView("bundle");

/// What a person asked `synchatd export` for, checked.
struct ExportRequest
{
    QString room;
    OptionalMicros from;
    OptionalMicros to;
    QString format; ///< of exportFormatNames(), or BundleName
    CsvCells cells = CsvCells::Exact;
    Config config;
};

/// The bytes of an export: begin(), row() for each message in turn, end().
class ExportShape
{
public:
    /// The error is for people: a bundle needs the daemon's key.
    static Result<std::unique_ptr<ExportShape>, QString>
    make(const ExportRequest &request, const StoredRoom &room, const ExportRange &range, WireMicros now);
    virtual ~ExportShape() = default;

    virtual QByteArray begin() = 0;
    /// Nothing: the message does not fit the hash that the history has for it.
    virtual std::optional<QByteArray> row(const ChainedMessage &message) = 0;
    virtual QByteArray end() = 0;
};

} // namespace Synchat
