// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Synchat {

// What makes files and names survive a power cut. Each gives 0 or errno.

/// The name of a new file or folder is durable once the folder that holds it has been synced.
int syncFolder(const QString &path);
int syncFile(const QString &path);

/// Made with mode 0600 where it was missing, emptied where it was not, and never followed to somewhere else.
int makeEmptyFile(const QString &path);

/// Takes the place of what is at `to`, or with `mayReplace` false fails with EEXIST where something is. In
/// one step, durable; both in one folder.
int moveFile(const QString &from, const QString &to, bool mayReplace);
/// How moveFile() takes no other's place where the file system has no such rename. In two steps: what ends in
/// between leaves the file under both names.
int moveFileByLink(const QString &from, const QString &to);

/// For root, who works for somebody else: the file goes to the owner of the folder that holds it.
int giveToOwnerOfFolder(const QString &path);

} // namespace Synchat
