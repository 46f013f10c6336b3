// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/ui/searchpanel.h"

#include "client/core/chatclient.h"
#include "client/ui/searchdelegate.h"
#include "common/clock.h"

#include <QComboBox>
#include <QDateEdit>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

constexpr int NearEnd = 300; ///< pixels before the end of the list at which more is asked for

using Period = SearchForm::Period;
using State = SearchSession::State;

QHBoxLayout *makeRow(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    column->addLayout(row);
    return row;
}

QString countText(qsizetype count)
{
    return count == 1 ? SearchPanel::tr("1 message")
                      : SearchPanel::tr("%1 messages").arg(QLocale().toString(count));
}

} // namespace

SearchPanel::SearchPanel(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_results(m_session)
    , m_zone(QTimeZone::systemTimeZone())
{
    setObjectName(u"searchPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 8);
    column->setSpacing(6);
    makeForm();
    makeResults();
    connectParts();
    showPeriod();
    showState();
}

void SearchPanel::makeForm()
{
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    m_words = new QLineEdit(this);
    m_words->setObjectName(u"searchWords"_s);
    m_words->setAccessibleName(tr("Words to search for"));
    m_words->setPlaceholderText(tr("Words, \"a phrase\", begin*"));
    m_words->setToolTip(
        tr("All of the words must be in a message. \"Two words\" in quotes stand side by side; "
           "disk* finds what begins so. Case and accents do not count."));
    m_words->setMaxLength(static_cast<int>(SearchQuery::MaxUnits));
    m_words->setClearButtonEnabled(true);
    m_go = new QPushButton(tr("Search"), this);
    m_go->setObjectName(u"searchButton"_s);
    QHBoxLayout *first = makeRow(column);
    first->addWidget(m_words, 1);
    first->addWidget(m_go);
    m_author = new QLineEdit(this);
    m_author->setObjectName(u"searchAuthor"_s);
    m_author->setAccessibleName(tr("Author"));
    m_author->setPlaceholderText(tr("Anybody"));
    m_author->setToolTip(tr("The author's whole name; empty: anybody."));
    m_scope = new QComboBox(this);
    m_scope->setObjectName(u"searchScope"_s);
    m_scope->setAccessibleName(tr("Where to search"));
    m_scope->addItems({tr("This room"), tr("All rooms")});
    QHBoxLayout *second = makeRow(column);
    second->addWidget(m_author, 1);
    second->addWidget(m_scope);
    makePeriods();
}

void SearchPanel::makePeriods()
{
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    m_period = new QComboBox(this);
    m_period->setObjectName(u"searchPeriod"_s);
    m_period->setAccessibleName(tr("When it was written"));
    m_period->addItem(tr("At any time"), static_cast<int>(Period::Any));
    m_period->addItem(tr("Today"), static_cast<int>(Period::Today));
    m_period->addItem(tr("In the last 7 days"), static_cast<int>(Period::LastWeek));
    m_period->addItem(tr("In the last 30 days"), static_cast<int>(Period::LastMonth));
    m_period->addItem(tr("From … until …"), static_cast<int>(Period::Between));
    makeRow(column)->addWidget(m_period, 1);
    m_days = new QWidget(this);
    auto *days = new QHBoxLayout(m_days);
    days->setContentsMargins(0, 0, 0, 0);
    days->setSpacing(6);
    for (QDateEdit **edit : {&m_from, &m_to}) {
        *edit = new QDateEdit(m_days);
        (*edit)->setCalendarPopup(true);
        (*edit)->setDisplayFormat(u"d MMM yyyy"_s);
        days->addWidget(*edit, 1);
    }
    m_from->setObjectName(u"searchFrom"_s);
    m_from->setAccessibleName(tr("First day"));
    m_to->setObjectName(u"searchUntil"_s);
    m_to->setAccessibleName(tr("Last day"));
    column->addWidget(m_days);
}

void SearchPanel::makeResults()
{
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    m_pages = new QStackedWidget(this);
    m_list = new QListView(m_pages);
    m_list->setObjectName(u"searchResults"_s);
    m_list->setAccessibleName(tr("Messages found"));
    m_list->setModel(&m_results);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setResizeMode(QListView::Adjust);
    m_delegate = new SearchDelegate(this);
    m_list->setItemDelegate(m_delegate);
    m_pages->addWidget(m_list);
    m_pages->addWidget(makeEmptyPage());
    column->addWidget(m_pages, 1);
    QHBoxLayout *last = makeRow(column);
    m_below = new QLabel(this);
    m_below->setObjectName(u"searchBelow"_s);
    m_below->setProperty("quiet", true);
    m_below->setTextFormat(Qt::PlainText);
    m_below->setWordWrap(true);
    m_moreAgain = new QPushButton(tr("Try again"), this);
    m_moreAgain->setObjectName(u"searchMoreAgain"_s);
    last->addWidget(m_below, 1);
    last->addWidget(m_moreAgain);
}

QWidget *SearchPanel::makeEmptyPage()
{
    auto *page = new QWidget(m_pages);
    m_title = new QLabel(page);
    m_title->setObjectName(u"searchTitle"_s);
    m_hint = new QLabel(page);
    m_hint->setObjectName(u"searchHint"_s);
    m_hint->setProperty("quiet", true);
    m_again = new QPushButton(tr("Try again"), page);
    m_again->setObjectName(u"searchAgain"_s);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(8, 12, 8, 12);
    column->addStretch(1);
    for (QLabel *label : {m_title, m_hint}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addWidget(m_again, 0, Qt::AlignHCenter);
    column->addStretch(2);
    return page;
}

void SearchPanel::connectParts()
{
    connect(m_go, &QPushButton::clicked, this, &SearchPanel::search);
    for (QLineEdit *field : {m_words, m_author})
        connect(field, &QLineEdit::returnPressed, this, &SearchPanel::search);
    connect(m_period, &QComboBox::currentIndexChanged, this, &SearchPanel::showPeriod);
    connect(m_list, &QListView::activated, this, &SearchPanel::choose);
    connect(m_list, &QListView::clicked, this, &SearchPanel::choose);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, &SearchPanel::loadMoreWhenNear);
    connect(&m_session, &SearchSession::changed, this, &SearchPanel::showState);
    connect(
        &m_session, &SearchSession::found, this,
        [this] {
            m_list->doItemsLayout(); // the view puts it off, and its end would still be where it was
            loadMoreWhenNear();
        },
        Qt::QueuedConnection);
    connect(m_again, &QPushButton::clicked, &m_session, &SearchSession::goOn);
    connect(m_moreAgain, &QPushButton::clicked, &m_session, &SearchSession::goOn);
}

void SearchPanel::setClient(ChatClient *client)
{
    m_session.setClient(client);
}

void SearchPanel::setRoom(const QString &room)
{
    m_room = room;
    m_scope->setItemText(0, room.isEmpty() ? tr("This room") : tr("# %1").arg(room));
}

void SearchPanel::setTimeZone(const QTimeZone &zone)
{
    m_zone = zone;
    m_results.setTimeZone(zone);
}

SearchForm SearchPanel::form() const
{
    SearchForm form;
    form.words = m_words->text();
    form.author = m_author->text();
    form.room = m_scope->currentIndex() == 0 ? m_room : QString();
    form.period = static_cast<Period>(m_period->currentData().toInt());
    form.from = m_from->date();
    form.to = m_to->date();
    return form;
}

void SearchPanel::search()
{
    const auto frame = searchFrame(form(), m_zone, toWire(m_clock.now()));
    m_refusal = frame ? QString() : frame.error();
    if (!frame) {
        m_session.clear();
        return;
    }
    m_delegate->setShowsRoom(!frame->room);
    m_session.start(*frame);
}

void SearchPanel::choose(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT messageChosen(index.data(SearchResults::RoomRole).toString(),
                             index.data(SearchResults::SeqRole).toLongLong());
}

void SearchPanel::showPeriod()
{
    const bool between = m_period->currentData().toInt() == static_cast<int>(Period::Between);
    const QDate today = QDateTime::fromMSecsSinceEpoch(toWire(m_clock.now()) / 1000, m_zone).date();
    if (between && m_days->isHidden()) {
        m_from->setDate(today.addDays(-6));
        m_to->setDate(today);
    }
    m_days->setVisible(between);
}

void SearchPanel::showState()
{
    const State state = m_session.state();
    QString title;
    QString hint;
    if (state == State::Idle) {
        title = m_refusal.isEmpty() ? tr("Find in history") : tr("Nothing to search for");
        hint = m_refusal.isEmpty() ? tr("Words, an author or a time: Enter searches all that was ever said, "
                                        "also what is not loaded here.")
                                   : m_refusal;
    } else if (state == State::Searching) {
        title = tr("Searching…");
    } else if (state == State::Nothing) {
        title = tr("Nothing found");
        hint = m_session.frame().room
                   ? tr("No message in # %1 matches. Try fewer words, a beginning such as "
                        "disk*, or all rooms.")
                         .arg(m_session.frame().room->text())
                   : tr("No message matches. Try fewer words, or a beginning such as disk*.");
    } else if (state == State::Failed) {
        title = tr("The search failed");
        hint = m_session.trouble();
    } else if (state == State::Unfinished && m_session.messages().isEmpty()) {
        title = tr("Not searched to the end yet");
        hint = tr("Nothing was found so far, and older messages are still to be searched.");
    }
    m_title->setText(title);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    const QString goOn = state == State::Unfinished ? tr("Search on") : tr("Try again");
    m_again->setText(goOn);
    m_moreAgain->setText(goOn);
    m_again->setVisible(state == State::Failed || state == State::Unfinished);
    m_pages->setCurrentIndex(title.isEmpty() ? 0 : 1);
    sayBelow();
}

void SearchPanel::sayBelow()
{
    const State state = m_session.state();
    const QString count = countText(m_session.messages().size());
    QString words;
    if (state == State::LoadingMore)
        words = tr("%1, loading more…").arg(count);
    else if (state == State::MoreFailed)
        words = tr("%1. More could not be loaded: %2").arg(count, m_session.trouble());
    else if (state == State::Unfinished && !m_session.messages().isEmpty())
        words = tr("%1 so far, newest first. Not searched to the end yet.").arg(count);
    else if (state == State::Found && m_session.isComplete())
        words = tr("%1, newest first.").arg(count);
    else if (state == State::Found && m_session.isFull())
        words = tr("The newest %1 only: ask for more words, or a shorter time.").arg(count);
    else if (state == State::Found)
        words = tr("%1 so far, newest first. More come as you scroll.").arg(count);
    m_below->setText(words);
    m_below->setVisible(!words.isEmpty());
    m_moreAgain->setVisible(state == State::MoreFailed ||
                            (state == State::Unfinished && !m_session.messages().isEmpty()));
    m_list->setAccessibleDescription(words);
}

void SearchPanel::loadMoreWhenNear()
{
    const QScrollBar *bar = m_list->verticalScrollBar();
    if (bar->maximum() - bar->value() < NearEnd)
        m_session.loadMore();
}

void SearchPanel::setLook(const Look &look)
{
    m_look = look;
    m_delegate->setLook(look);
    m_title->setFont(look.font(12, QFont::DemiBold));
    m_hint->setFont(look.font(10));
    m_below->setFont(look.font(9));
    m_list->setFont(look.font(10));
    m_list->doItemsLayout();
    m_list->viewport()->update();
}

void SearchPanel::focusWords()
{
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
}

bool SearchPanel::event(QEvent *event)
{
    // Escape leads out of here; in the room it would mark all as read.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void SearchPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closeWanted();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Synchat
