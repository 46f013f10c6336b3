// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/bundlewords.h"

#include "common/bundletext.h"

namespace Synchat {

BundleWords::BundleWords(BundleVerdict verdict, const std::optional<QString> &serverKey)
{
    verdict.keyWasExpected = verdict.manifestSigned && serverKey && verdict.manifest->key == *serverKey;
    if (!verdict.isGood()) {
        mark = Mark::Contradiction;
        headline = tr("Not as it was signed");
    } else if (verdict.keyWasExpected) {
        mark = Mark::Fine;
        headline = tr("Whole and unchanged");
    } else {
        mark = serverKey ? Mark::Off : Mark::Unknown;
        headline = serverKey ? tr("Whole, but signed by another key") : tr("Whole; compare the key");
    }
    fault = verdict.sentence;
    signature = BundleText::signer(verdict, serverKey ? BundleText::KeyQuestion::Server
                                                      : BundleText::KeyQuestion::None);
    if (verdict.manifest)
        facts = BundleText::facts(*verdict.manifest);
    conclusion = BundleText::conclusion(verdict);
}

} // namespace Synchat
