// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "client/ui/skewpicture.h"
#include "client/ui/skewtablemodel.h"

#include <QSet>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QSplitter;
class QToolButton;

namespace Synchat {

class ClockTable;
class SkewCanvas;
class SkewRecorder;

/// Skews over time: the plot, beside or below it the legend with percentiles, above both what is shown of it.
/// Draws when it is told to and visible.
class SkewPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SkewPanel(const Clock &clock, QWidget *parent = nullptr);

    /// Nothing: there is no connection. Must outlive the panel or be taken away before.
    void setRecorder(SkewRecorder *recorder);
    void setLook(const Look &look);
    /// Takes what is known by now, if anybody can see it.
    void refresh();

    void setSpan(Nanos span);
    void setKind(SkewScale::Kind kind);
    void setPaused(bool paused);
    void showAll();
    void showOnly(const QString &key);
    const SkewPicture &picture() const { return m_picture; }

    /// False: it could not be written.
    bool savePicture(const QString &path);
    bool saveValues(const QString &path) const;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QToolButton *addButton(QHBoxLayout *row, const QString &name);
    void makeControls(QHBoxLayout *row);
    void makeTable();
    void makeRowActions();
    void makeSaveMenu(QToolButton *button);
    void askWhereToSave(bool picture);
    void say(const QString &sentence);
    void rename();
    void fitColumns();
    void share();
    int tableSpace() const;
    bool isTooNarrow() const;

    const Clock &m_clock;
    SkewRecorder *m_recorder = nullptr;
    SkewPicture m_picture;
    SkewTableModel m_model;
    QSet<QString> m_hidden;
    std::optional<MonoTime> m_pausedAt;
    WallTime m_wallAtPicture{};
    Look m_look;
    QSplitter *m_splitter = nullptr;
    SkewCanvas *m_canvas = nullptr;
    ClockTable *m_table = nullptr;
    QLabel *m_readOut = nullptr;
    QToolButton *m_spanButton = nullptr;
    QToolButton *m_scaleButton = nullptr;
    QToolButton *m_pauseButton = nullptr;
    QToolButton *m_saveButton = nullptr;
};

} // namespace Synchat
