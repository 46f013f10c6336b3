// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/exportformat.h"

#include "common/csvexport.h"
#include "common/htmlexport.h"
#include "common/messagejson.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr std::array FormatNames{"jsonl"_L1, "csv"_L1, "html"_L1};

QByteArray jsonLine(const Message &message)
{
    JsonWriter writer(expectedBytes(message));
    appendMessage(writer, message);
    return writer.take() + '\n';
}

} // namespace

QString exportFormatName(ExportFormat format)
{
    return FormatNames[static_cast<std::size_t>(format)];
}

std::optional<ExportFormat> exportFormatFromName(const QString &name)
{
    for (std::size_t i = 0; i < FormatNames.size(); ++i) {
        if (name == FormatNames[i])
            return static_cast<ExportFormat>(i);
    }
    return std::nullopt;
}

QStringList exportFormatNames()
{
    return QStringList(FormatNames.begin(), FormatNames.end());
}

ExportWriter::ExportWriter(ExportFormat format, ExportHeading heading)
    : m_format(format)
    , m_heading(std::move(heading))
{}

QByteArray ExportWriter::header() const
{
    switch (m_format) {
    case ExportFormat::Csv:
        return csvHeader(m_heading.cells);
    case ExportFormat::Html:
        return htmlHeader(m_heading);
    case ExportFormat::JsonLines:
        break;
    }
    return {};
}

QByteArray ExportWriter::row(const Message &message)
{
    const qint64 missing = m_rows > 0 ? message.seq - m_lastSeq - 1 : 0;
    m_lastSeq = message.seq;
    ++m_rows;
    switch (m_format) {
    case ExportFormat::Csv:
        return csvRow(message, m_heading.cells);
    case ExportFormat::Html:
        return htmlRow(message, missing);
    case ExportFormat::JsonLines:
        break;
    }
    return jsonLine(message);
}

QByteArray ExportWriter::footer() const
{
    return m_format == ExportFormat::Html ? htmlFooter(m_rows) : QByteArray();
}

} // namespace Synchat
