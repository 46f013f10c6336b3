// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httpparser.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace Synchat {

using namespace Qt::StringLiterals;
namespace http = boost::beast::http;

namespace {

HttpRefusal refusalFor(const boost::system::error_code &error)
{
    if (error == http::error::body_limit)
        return {413, u"The body is too large."_s};
    if (error == http::error::header_limit)
        return {431, u"The headers are too long."_s};
    return {400, u"The request is malformed."_s};
}

} // namespace

struct HttpParser::Private
{
    http::request_parser<http::string_body> parser;
};

HttpParser::HttpParser()
    : d(std::make_unique<Private>())
{
    d->parser.header_limit(static_cast<std::uint32_t>(HttpLimits::HeadBytes));
    d->parser.body_limit(static_cast<std::uint64_t>(HttpLimits::BodyBytes));
    d->parser.eager(true);
}

HttpParser::~HttpParser() = default;

HttpParser::Progress HttpParser::feed(QByteArrayView bytes)
{
    Progress progress;
    while (!d->parser.is_done()) {
        const QByteArrayView rest = bytes.sliced(progress.consumed);
        boost::system::error_code error;
        const std::size_t taken = d->parser.put(
            boost::asio::const_buffer(rest.data(), static_cast<std::size_t>(rest.size())), error);
        progress.consumed += static_cast<qsizetype>(taken);
        if (error && error != http::error::need_more) {
            progress.refusal = refusalFor(error);
            return progress;
        }
        if (error || taken == 0)
            return progress;
    }
    progress.done = true;
    return progress;
}

QByteArray HttpParser::body() const
{
    return QByteArray::fromStdString(d->parser.get().body());
}

} // namespace Synchat
