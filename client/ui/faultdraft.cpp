// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/faultdraft.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Synchat {

QString FaultDraft::text() const
{
    QStringList parts;
    const auto add = [&parts](const QString &key, const FaultAmount &amount) {
        if (amount.value != 0.0)
            parts.append(key + u'=' + amount.text());
    };
    add(u"offset"_s, offset);
    add(u"drift"_s, drift);
    add(u"jitter"_s, jitter);
    if (freeze)
        parts.append(freezeAfter.value > 0.0 ? u"freeze@"_s + freezeAfter.text() : u"freeze"_s);
    if (step.value != 0.0)
        parts.append(u"step="_s + step.text() + u'@' + stepAfter.text());
    return parts.isEmpty() ? u"none"_s : parts.join(u',');
}

FaultDraft FaultDraft::from(const ClockFault &fault)
{
    FaultDraft draft;
    bool stepped = false;
    const QStringList parts = fault.toText().split(u',');
    for (const QString &part : parts) {
        const FaultAmount amount = FaultAmount::from(part.section(u'=', 1).section(u'@', 0, 0));
        const FaultAmount after = FaultAmount::from(part.section(u'@', 1));
        if (part.startsWith("offset="_L1))
            draft.offset = amount;
        if (part.startsWith("drift="_L1))
            draft.drift = amount;
        if (part.startsWith("jitter="_L1))
            draft.jitter = amount;
        if (part.startsWith("freeze"_L1)) {
            draft.freeze = true;
            if (part.contains(u'@'))
                draft.freezeAfter = after;
        }
        if (part.startsWith("step="_L1) && !stepped) {
            draft.step = amount;
            draft.stepAfter = after;
            stepped = true;
        }
    }
    return draft;
}

QList<FaultDraft::Preset> FaultDraft::presets()
{
    return {
        {tr("1.8 s behind"), u"offset=-1.8s"_s},
        {tr("250 ms ahead"), u"offset=+250ms"_s},
        {tr("Drifting 40 ppm fast"), u"drift=+40ppm"_s},
        {tr("Jittering by 5 ms"), u"jitter=5ms"_s},
        {tr("Frozen"), u"freeze"_s},
        {tr("Jumps back 3.7 s in a minute"), u"step=-3.7s@60s"_s},
    };
}

} // namespace Synchat
