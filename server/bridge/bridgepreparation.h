// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/bridge/restclient.h"

#include <span>

namespace Synchat {

/// An index of the messages' collection, by its name there.
struct BridgeIndex
{
    const char *name;
    const char *definition; ///< JSON, as RESTHeart takes it
};

/// One key for each place in a room's history, and what people ask for: by time, by author.
std::span<const BridgeIndex> bridgeIndexes();

/// Makes what is missing at the bridge: database, both collections, indexes. What is there is not touched.
void prepareBridge(RestClient &client, const BridgeAddress &address, DocumentStore::Answer<StoreDone> answer);

} // namespace Synchat
