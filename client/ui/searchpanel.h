// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/core/searchsession.h"
#include "client/ui/look.h"
#include "client/ui/searchresults.h"

#include <QWidget>

class QComboBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;

namespace Synchat {

class Clock;
class SearchDelegate;

/// Search in the history: what to look for, what was found, and in words when nothing was. Says which message
/// was chosen; shows no message itself.
class SearchPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SearchPanel(const Clock &clock, QWidget *parent = nullptr);

    void setClient(ChatClient *client);
    void setRoom(const QString &room); ///< the one that is open
    void setTimeZone(const QTimeZone &zone);
    void setLook(const Look &look);
    void focusWords(); ///< and selects them

Q_SIGNALS:
    void messageChosen(const QString &room, qint64 seq);
    void closeWanted();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeForm();
    void makePeriods();
    void makeResults();
    QWidget *makeEmptyPage();
    void connectParts();
    SearchForm form() const;
    void search();
    void choose(const QModelIndex &index);
    void showPeriod();
    void showState();
    void sayBelow();
    void loadMoreWhenNear();

    const Clock &m_clock;
    SearchSession m_session;
    SearchResults m_results;
    QString m_room;
    QString m_refusal; ///< why the form makes no search; empty: it does
    QTimeZone m_zone;
    Look m_look;
    QLineEdit *m_words = nullptr;
    QLineEdit *m_author = nullptr;
    QComboBox *m_scope = nullptr;
    QComboBox *m_period = nullptr;
    QWidget *m_days = nullptr;
    QDateEdit *m_from = nullptr;
    QDateEdit *m_to = nullptr;
    QPushButton *m_go = nullptr;
    QStackedWidget *m_pages = nullptr;
    QListView *m_list = nullptr;
    SearchDelegate *m_delegate = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_hint = nullptr;
    QPushButton *m_again = nullptr;
    QLabel *m_below = nullptr;
    QPushButton *m_moreAgain = nullptr;
};

} // namespace Synchat
