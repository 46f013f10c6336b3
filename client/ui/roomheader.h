// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/view/messageview.h"

#include <QWidget>

class QActionGroup;
class QLabel;
class QToolButton;

namespace Synchat {

QString densityName(Density density); ///< "Compact", "Deltas", "All four clocks"

/// Over the messages: the room, its title, how many people, and how much of the clocks is shown.
class RoomHeader : public QWidget
{
    Q_OBJECT
public:
    explicit RoomHeader(QWidget *parent = nullptr);

    void setRoom(const QString &room, const QString &title);
    void setPeopleText(const QString &text);
    void setDensity(Density density);
    void setLook(const Look &look);

Q_SIGNALS:
    void densityChosen(Synchat::Density density);
    void peopleWanted();
    void roomsWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeDensityMenu();
    void arrange();

    QString m_roomText;
    QString m_titleText;
    QToolButton *m_room = nullptr;
    QLabel *m_title = nullptr;
    QToolButton *m_people = nullptr; ///< gives way to the name of the room
    QToolButton *m_density = nullptr;
    QActionGroup *m_choices = nullptr;
};

} // namespace Synchat
