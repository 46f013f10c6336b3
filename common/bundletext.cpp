// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/bundletext.h"

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

QString roomWords(const BundleManifest &manifest)
{
    return manifest.title.isEmpty() ? manifest.opening.room
                                    : u"%1 (%2)"_s.arg(manifest.title, manifest.opening.room);
}

} // namespace

QStringList BundleText::facts(const BundleManifest &manifest)
{
    QStringList facts;
    facts << tr("Room %1, messages %2 to %3 (%4 in all); the room had messages %5 to %6 then.")
                 .arg(roomWords(manifest))
                 .arg(manifest.opening.first)
                 .arg(manifest.last)
                 .arg(manifest.count)
                 .arg(manifest.roomFirst)
                 .arg(manifest.roomLast);
    facts << (manifest.beginsTheRoom()
                  ? tr("It begins with the room's first message.")
                  : tr("It begins inside the room: what was before message %1 is not in it, only its hash.")
                        .arg(manifest.opening.first));
    if (manifest.from || manifest.to)
        facts << tr("The times asked for: %1 to %2.")
                     .arg(manifest.from ? isoUtc(*manifest.from) : tr("the beginning"),
                          manifest.to ? isoUtc(*manifest.to) : tr("the end"));
    facts << tr("Made by %1 at %2, by that machine's clock.")
                 .arg(manifest.program, isoUtc(manifest.exportedAt));
    facts << (manifest.time ? tr("The states of its sources of time are in the manifest.")
                            : tr("Nothing was known of its sources of time."));
    return facts;
}

QString BundleText::signer(const BundleVerdict &verdict, KeyQuestion question)
{
    if (!verdict.manifest || !verdict.manifestSigned)
        return tr("No valid signature covers it.");
    const QString key = verdict.manifest->key;
    switch (question) {
    case KeyQuestion::Given:
        return verdict.keyWasExpected
                   ? tr("The manifest is signed by %1, the key that was expected.").arg(key)
                   : tr("The manifest is signed by %1, which is not the key that was expected.").arg(key);
    case KeyQuestion::Server:
        return verdict.keyWasExpected
                   ? tr("The manifest is signed by %1, the key of the server that you are connected to.")
                         .arg(key)
                   : tr("The manifest is signed by %1, which is not the key of the server that you are "
                        "connected to.")
                         .arg(key);
    case KeyQuestion::None:
        break;
    }
    return tr("The manifest is signed by %1. Compare that with the key of the daemon: whoever forges a "
              "bundle signs it with "
              "a key of their own.")
        .arg(key);
}

QString BundleText::conclusion(const BundleVerdict &verdict)
{
    if (verdict.fault == BundleFault::NotABundle || verdict.fault == BundleFault::LineTooLong)
        return tr("Nothing in it can be checked.");
    if (verdict.fault == BundleFault::OtherKey)
        return tr("Do not rely on it, unless you know whose key that is.");
    if (!verdict.isGood())
        return tr("Do not rely on it: it is not as the daemon signed it.");
    return tr("The bundle is whole and unchanged since the owner of that key signed it.");
}

QStringList BundleText::proves()
{
    return {
        tr("Since it was signed, no message in it was changed, left out, added or moved, and neither were "
           "the clocks' "
           "readings."),
        tr("Whoever held the daemon's key stands for it: these were the messages of the history, in this "
           "order."),
    };
}

QStringList BundleText::doesNotProve()
{
    return {
        tr("Who runs the daemon has its key and its history, and can rebuild a whole chain with other texts. "
           "Only a hash that "
           "was given to somebody else in time shows that."),
        tr("Who typed a message: a name is what the daemon was told."),
        tr("That a clock was right: the readings are what the clocks said, with the bounds that were claimed "
           "then."),
        tr("That nothing else was said, in other rooms or before the first and after the last message."),
    };
}

} // namespace Synchat
