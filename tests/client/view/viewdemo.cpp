// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
// viewdemo: the message view with the rows of the design picture.
// viewdemo --grab FOLDER: writes pictures of it in light, dark and narrow instead, and leaves.
#include "client/ui/view/messageview.h"
#include "samplerows.h"

#include <QApplication>
#include <QDir>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Synchat;

namespace {

struct Picture
{
    QString name;
    QSize size;
    bool dark = false;
    Density density = Density::AllFour;
    bool odd = false;
    double scale = 1.0;
    bool events = false;
};

void prepare(MessageView &view, RoomModel &model, const Picture &picture)
{
    const Theme theme = picture.dark ? Theme::darkTheme() : Theme::light();
    view.setPalette(theme.palette());
    view.setTheme(theme);
    view.setTimeZone(Sample::zone());
    view.setOwnUserId(u"u-kim"_s);
    view.setDensity(picture.density);
    view.setFontScale(picture.scale);
    view.setEmptyText(u"Nothing here yet"_s, u"Whoever writes first will be seen with four clocks."_s);
    view.setUnreadAfter(picture.events ? 0 : picture.odd ? 6 : 3);
    view.setModel(&model);
    view.resize(picture.size);
}

bool grab(const QDir &folder, const Picture &picture)
{
    RoomModel model(u"ops"_s);
    if (picture.events)
        Sample::fillEvents(model);
    else if (picture.odd)
        Sample::fillOdd(model);
    else if (picture.name != "empty"_L1)
        Sample::fill(model);
    MessageView view;
    prepare(view, model, picture);
    view.show();
    QCoreApplication::processEvents();
    QPixmap image(view.size() * 1.25);
    image.setDevicePixelRatio(1.25);
    view.render(&image);
    return image.save(folder.filePath(picture.name + u".png"_s));
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == "--grab"_L1) {
        const QSize wide(787, 590);
        const QSize tall(787, 880);
        bool saved = true;
        for (const Picture &picture :
             {Picture{u"light"_s, wide}, Picture{u"dark"_s, wide, true},
              Picture{u"deltas"_s, wide, false, Density::Deltas},
              Picture{u"compact"_s, wide, false, Density::Compact}, Picture{u"narrow"_s, {560, 640}},
              Picture{u"slim"_s, {360, 700}}, Picture{u"odd"_s, {787, 760}, false, Density::AllFour, true},
              Picture{u"odd-dark"_s, {787, 760}, true, Density::AllFour, true},
              Picture{u"odd-compact"_s, {787, 640}, true, Density::Compact, true},
              Picture{u"large"_s, {1200, 760}, false, Density::AllFour, false, 1.5},
              Picture{u"events"_s, tall, false, Density::AllFour, false, 1.0, true},
              Picture{u"events-dark"_s, tall, true, Density::AllFour, false, 1.0, true},
              Picture{u"events-deltas"_s, tall, false, Density::Deltas, false, 1.0, true},
              Picture{u"events-compact"_s, {787, 640}, true, Density::Compact, false, 1.0, true},
              Picture{u"events-narrow"_s, {420, 1100}, false, Density::AllFour, false, 1.0, true},
              Picture{u"empty"_s, wide}})
            saved = grab(QDir(arguments.at(2)), picture) && saved;
        return saved ? 0 : 1;
    }
    RoomModel model(u"ops"_s);
    Sample::fill(model);
    MessageView view;
    prepare(view, model, {u"demo"_s, {787, 590}});
    view.show();
    return QApplication::exec();
}
