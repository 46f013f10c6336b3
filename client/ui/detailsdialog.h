// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/ui/look.h"
#include "common/message.h"

#include <QDialog>

class QTableWidget;
class QVBoxLayout;

namespace Synchat {

class MessageDetails;

/// Everything that is known of when one message was written: a table of its readings and the same as bars.
class DetailsDialog : public QDialog
{
    Q_OBJECT
public:
    DetailsDialog(const Message &message, const Look &look, QWidget *parent = nullptr);

    /// The `message` object, indented, as the Copy button gives it.
    QString json() const;

private:
    QTableWidget *makeTable(const MessageDetails &details);
    void addFooter(QVBoxLayout *column, const MessageDetails &details);

    Message m_message;
    Look m_look;
};

} // namespace Synchat
