// SPDX-FileCopyrightText: 2026 The Synchat authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config.h"

#include "server/inifile.h"
#include "server/settings.h"

#include <QCommandLineParser>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Synchat {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Synchat::Config)
};

/// A name outside the scheme for one of the settings.
struct Alias
{
    const char16_t *name;
    const char16_t *section;
    const char16_t *key;
};

// What hosting platforms set; the longer name of the same setting says more, and wins.
constexpr Alias ShortVariables[] = {
    {u"PORT", u"net", u"port"},
    {u"NTP_PORT", u"ntp", u"port"},
    {u"MONGO_URI", u"bridge", u"uri"},
    {u"MONGO_USER", u"bridge", u"user"},
    {u"MONGO_PASSWORD", u"bridge", u"password"},
};
constexpr Alias Flags[] = {
    {u"port", u"net", u"port"},
    {u"ntp-port", u"ntp", u"port"},
    {u"bind", u"net", u"bind"},
    {u"data-dir", u"store", u"data_dir"},
    {u"clock-fault", u"time", u"clock_fault"},
};

using Refusal = std::optional<QString>;

Refusal apply(Config &config, const Setting &setting, const QString &value, const QString &place)
{
    const auto expected = setting.apply(config, value);
    if (!expected)
        return std::nullopt;
    const QString shown = setting.isSecret ? Text::tr("the value") : u'"' + value + u'"';
    return Text::tr("%1: %2 makes no sense: [%3] %4 must be %5.")
        .arg(place, shown, setting.sectionName(), setting.keyName(), *expected);
}

Refusal applyFile(Config &config, const ConfigInputs &inputs, const QString &path)
{
    const auto content = inputs.readFile(path);
    if (!content)
        return Text::tr("%1 cannot be read: %2.").arg(path, content.error());
    const auto entries = parseIni(*content);
    if (!entries)
        return u"%1:%2: %3"_s.arg(path).arg(entries.error().line).arg(entries.error().reason);
    for (const IniEntry &entry : *entries) {
        const QString place = u"%1:%2"_s.arg(path).arg(entry.line);
        const Setting *setting = findSetting(entry.section, entry.key);
        if (!setting)
            return isSettingSection(entry.section)
                       ? Text::tr("%1: There is no setting \"%2\" in [%3].")
                             .arg(place, entry.key, entry.section)
                       : Text::tr("%1: There is no section [%2].").arg(place, entry.section);
        if (const Refusal refusal = apply(config, *setting, entry.value, place))
            return refusal;
    }
    return std::nullopt;
}

/// A variable that looks like one of ours in a known section but is none is a slip of the pen. Others that
/// begin with SYNCHAT_ belong to somebody else.
Refusal refuseUnknownVariables(const QMap<QString, QString> &environment)
{
    for (auto variable = environment.cbegin(); variable != environment.cend(); ++variable) {
        const QStringList parts = variable.key().split(u'_');
        if (parts.size() < 3 || parts.first() != u"SYNCHAT"_s || !isSettingSection(parts.at(1).toLower()))
            continue;
        const QString section = parts.at(1).toLower();
        if (!findSetting(section, parts.sliced(2).join(u'_').toLower()))
            return Text::tr("Environment: There is no setting %1.").arg(variable.key());
    }
    return std::nullopt;
}

Refusal applyEnvironment(Config &config, const QMap<QString, QString> &environment)
{
    if (const Refusal refusal = refuseUnknownVariables(environment))
        return refusal;
    const auto applyVariable = [&](const QString &name, const Setting &setting) -> Refusal {
        const QString value = environment.value(name);
        if (value.isEmpty())
            return std::nullopt;
        return apply(config, setting, value, Text::tr("Environment %1").arg(name));
    };
    for (const Alias &alias : ShortVariables) {
        const Setting *setting =
            findSetting(QString::fromUtf16(alias.section), QString::fromUtf16(alias.key));
        if (const Refusal refusal = applyVariable(QString::fromUtf16(alias.name), *setting))
            return refusal;
    }
    for (const Setting &setting : allSettings()) {
        if (const Refusal refusal = applyVariable(setting.environmentName(), setting))
            return refusal;
    }
    return std::nullopt;
}

Refusal applyFlags(Config &config, const QMap<QString, QString> &flags)
{
    for (const Alias &alias : Flags) {
        const QString flag = QString::fromUtf16(alias.name);
        if (!flags.contains(flag))
            continue;
        const Setting *setting =
            findSetting(QString::fromUtf16(alias.section), QString::fromUtf16(alias.key));
        if (const Refusal refusal = apply(config, *setting, flags.value(flag), u"--"_s + flag))
            return refusal;
    }
    return std::nullopt;
}

/// What is no mistake for certain.
void warnAboutBridge(Config &config)
{
    const BridgeConfig &bridge = config.bridge;
    if (!bridge.isWanted() && (!bridge.user.isEmpty() || !bridge.password.isEmpty()))
        config.warnings.append(
            Text::tr("A user or password for the bridge to MongoDB is set, and no address: nothing "
                     "goes to MongoDB. Please set MONGO_URI, too."));
    if (bridge.isWanted() && bridge.address->isOpenToListeners())
        config.warnings.append(Text::tr(
            "The bridge to MongoDB is on another machine and is spoken to without encryption: who listens "
            "on the way reads all messages and the password. Please use an https:// address where you "
            "can."));
}

void describeFlags(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        Text::tr("The daemon of Synchat: a chat that shows what time it really is."));
    parser.addOptions({
        {u"config"_s, Text::tr("Read settings from this INI file."), Text::tr("FILE")},
        {u"port"_s, Text::tr("TCP port of WebSocket and HTTP (8737); 0 picks a free one."), u"N"_s},
        {u"ntp-port"_s, Text::tr("UDP port of NTP (123 where that is allowed, else 11123); off for none."),
         u"N"_s},
        {u"bind"_s, Text::tr("Address to serve on (::, which means all)."), Text::tr("ADDR")},
        {u"data-dir"_s, Text::tr("Folder of the history."), Text::tr("DIR")},
        {u"clock-fault"_s,
         Text::tr("Make the clock wrong on purpose, such as offset=+250ms,drift=40ppm,jitter=5ms,freeze@30s,"
                  "step=-3.7s@60s; no real clock is touched, and NTP is answered on loopback only."),
         Text::tr("FAULT")},
        {{u"h"_s, u"help"_s}, Text::tr("Show this help.")},
        {{u"v"_s, u"version"_s}, Text::tr("Show the version.")},
    });
}

QString defaultDataDir(const ConfigInputs &inputs)
{
    // systemd gives a list, of which the first is ours.
    const QString given = inputs.environment.value(u"STATE_DIRECTORY"_s).section(u':', 0, 0);
    return given.isEmpty() ? inputs.defaultDataDir : given;
}

} // namespace

Result<Invocation, QString> readConfig(const ConfigInputs &inputs)
{
    QCommandLineParser parser;
    describeFlags(parser);
    if (!parser.parse(QStringList{u"synchatd"_s} + inputs.arguments))
        return Failure(parser.errorText());
    if (const QStringList others = parser.positionalArguments(); !others.isEmpty())
        return Failure(
            Text::tr("The argument \"%1\" makes no sense; a command would come first.").arg(others.first()));

    Invocation invocation;
    if (parser.isSet(u"help"_s) || parser.isSet(u"version"_s)) {
        invocation.task =
            parser.isSet(u"help"_s) ? Invocation::Task::ShowHelp : Invocation::Task::ShowVersion;
        return invocation;
    }
    QMap<QString, QString> flags;
    for (const QString &name : parser.optionNames())
        flags.insert(name, parser.value(name));
    auto config = readSettings(inputs, flags);
    if (!config)
        return Failure(config.error());
    invocation.config = std::move(*config);
    return invocation;
}

Result<Config, QString> readSettings(const ConfigInputs &inputs, const QMap<QString, QString> &flags)
{
    Config config;
    config.store.dataDir = defaultDataDir(inputs);
    if (const auto file = flags.constFind(u"config"_s); file != flags.cend()) {
        if (const Refusal refusal = applyFile(config, inputs, *file))
            return Failure(*refusal);
    }
    if (const Refusal refusal = applyEnvironment(config, inputs.environment))
        return Failure(*refusal);
    if (const Refusal refusal = applyFlags(config, flags))
        return Failure(*refusal);
    warnAboutBridge(config);
    if (config.store.waitsForBridge && !config.bridge.isWanted())
        return Failure(
            Text::tr("[store] commit is \"bridge\", and there is no bridge: please set MONGO_URI."));
    config.store.ships = config.bridge.isWanted();
    if (config.store.ships)
        config.store.shipsTo = config.bridge.address->messages().toString();
    return config;
}

QString helpText()
{
    QCommandLineParser parser;
    describeFlags(parser);
    QString text = parser.helpText();
    text += u'\n' +
            Text::tr("Settings of the file, as [section] key; in the environment each is "
                     "SYNCHAT_<SECTION>_<KEY>:") +
            u'\n';
    for (const Setting &setting : allSettings()) {
        const QString name = u"[%1] %2"_s.arg(setting.sectionName(), setting.keyName());
        text += u"  %1 %2\n"_s.arg(name, -30).arg(
            QCoreApplication::translate("Synchat::Settings", setting.meaning));
    }
    text += Text::tr("PORT and NTP_PORT do for the two ports, too, and MONGO_URI, MONGO_USER and "
                     "MONGO_PASSWORD for [bridge]. "
                     "Flags win over environment, environment over file.") +
            u'\n';
    return text;
}

} // namespace Synchat
