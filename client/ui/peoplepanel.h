// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/peoplemodel.h"

#include <QWidget>

class QLabel;
class QListView;

namespace Synchat {

class PersonDelegate;

/// The right side: who is in the room, and what each one's clock is worth.
class PeoplePanel : public QWidget
{
    Q_OBJECT
public:
    explicit PeoplePanel(QWidget *parent = nullptr);

    void setLook(const Look &look);
    void setPeople(const QList<Author> &people);
    PeopleModel &model() { return m_model; }

    /// "1 person", "12 people".
    static QString countText(qsizetype count);

private:
    void retitle();

    PeopleModel m_model;
    QLabel *m_title = nullptr;
    QListView *m_list = nullptr;
    PersonDelegate *m_delegate = nullptr;
};

} // namespace Synchat
