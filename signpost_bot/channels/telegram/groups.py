"""What is said in groups: nothing, until somebody speaks to the bot."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, User

from signpost_bot.channels.passing_on import PassingOn
from signpost_bot.channels.telegram import buttons, group_under, under
from signpost_bot.channels.telegram.addressed import (
    Addressed,
    addressed,
    is_anonymous,
    without_mention,
)
from signpost_bot.channels.telegram.alone import Links, about
from signpost_bot.channels.telegram.answering import about_word, in_thread
from signpost_bot.channels.telegram.buttons import About, Press, start_link
from signpost_bot.channels.telegram.community import Communities, Community
from signpost_bot.channels.telegram.feedback import Complaints
from signpost_bot.channels.telegram.following import Follower
from signpost_bot.channels.telegram.group_speaking import GroupSpeaker
from signpost_bot.channels.telegram.memory import CHANNEL
from signpost_bot.channels.telegram.sending import Urgency
from signpost_bot.channels.telegram.setup import Setup, is_administrator
from signpost_bot.channels.telegram.speaking import acknowledge
from signpost_bot.matching.hearing import Heard
from signpost_bot.model import Alarm, Answer, Question, Reply
from signpost_bot.questions.conversations import Conversation
from signpost_bot.questions.records import of_answer, of_helpful, today
from signpost_bot.replies import chat, groups, urgent
from signpost_bot.replies.danger import danger_reply
from signpost_bot.signposter import Signposter

_PRIVATE_COMMANDS = ("topics", "near", "settings", "suggest", "forget")
_EXTRA = 2.0  # seconds for what is shown besides
_PERSONAL = ("need", "place", "more", "phone", "wrong", "why", "mine")


class GroupChats:
    """Answers in groups whoever names the bot, replies to it, or gives it a command."""

    def __init__(
        self,
        speaker: GroupSpeaker,
        signposter: Signposter,
        passing_on: PassingOn,
        communities: Communities,
        links: Links,
    ) -> None:
        self.bot = speaker.bot
        self.speaker = speaker
        self.signposter = signposter
        self.passing_on = passing_on
        self.communities = communities
        self.links = links
        self.setup = Setup(speaker, communities, signposter)
        self._follower = Follower(signposter)
        self._complaints = Complaints(signposter, passing_on)

    # --- what comes in --------------------------------------------------------------------

    def heard_in(self, message: Message) -> Addressed | None:
        """What a message says to us; None where it is for others, and we look no further."""
        return addressed(message, self.bot.id, self.bot.username)

    async def wrote(self, message: Message, said: Addressed, heard: Heard) -> None:
        """A message that is for us."""
        if heard.alarm:
            await self._in_danger(message, said.text, heard.alarm)
        elif said.command:
            await self._command(message, said, heard)
        elif said.reply and await self.setup.replied(message, said.text):
            pass
        elif said.text:
            await self._asked(message, said, heard)
        else:
            await self._say_how(message)

    async def edited(self, message: Message, said: Addressed, heard: Heard) -> None:
        """A question put another way: its answer changes with it; danger gets a new message."""
        if heard.alarm:
            await self._in_danger(message, said.text, heard.alarm)
        elif said.text and not said.command:
            before = await self.communities.conversation(message.chat_id, message.message_id)
            number = before.answers[-1][1] if before.answers else None
            await self._asked(message, said, heard, in_place_of=number)

    async def moved(self, message: Message) -> bool:
        """Whether a message tells that the group has another number, which we note."""
        if message.migrate_to_chat_id:
            await self.communities.moved(message.chat_id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id:
            await self.communities.moved(message.migrate_from_chat_id, message.chat_id)
        else:
            return False
        return True

    async def standing(self, update: ChatMemberUpdated) -> None:
        """We have joined a group, or were removed from it."""
        was, now = _is_inside(update.old_chat_member), _is_inside(update.new_chat_member)
        if now and not was:
            await self.speaker.greet(update.chat.id, groups.hello(self.bot.username))
        elif was and not now:
            await self.communities.forget(update.chat.id)

    async def pressed(self, query: CallbackQuery, message: Message) -> None:
        """A button under one of our messages in a group."""
        press = buttons.read(query.data or "")
        if press is None:
            await acknowledge(query, chat.TOO_OLD)
        elif press.act == "setup":
            await self.setup.pressed(query, message, press.value)
        elif press.act == "urgent":
            # Not into the group: whoever pressed it wants it for themselves.
            await self.speaker.lead(query, start_link(self.bot, "urgent"))
        elif press.act == "helped":
            await self._helped(query, message)
        elif press.act not in _PERSONAL or message.reply_to_message is None:
            await acknowledge(query, chat.TOO_OLD)
        elif not await self._is_theirs(query.from_user, message, message.reply_to_message):
            await acknowledge(query, groups.NOT_YOURS, alert=True)
        else:
            await self._personal(query, message, message.reply_to_message, press)

    # --- questions ------------------------------------------------------------------------

    async def _asked(
        self, message: Message, said: Addressed, heard: Heard, in_place_of: int | None = None
    ) -> None:
        community = await self.communities.of(message.chat_id)
        question = await self._meant(message, said, community)
        answer = await in_thread(partial(self.signposter.answer, question, heard=heard))
        # Where a message named us, something is said; another may have been meant for a person.
        if answer.outcome == "smalltalk" and not community.smalltalk:
            return
        alone = self._is_sensitive(answer) or self.speaker.is_ephemeral(message)
        told = self.passing_on.told(answer)
        if alone:
            await self._answer_alone(message, told.reply, about(answer))
        elif community.is_quiet(datetime.now(UTC)) and community.quiet:
            line = chat.said(groups.quiet_now(community.quiet[1]))
            private = group_under.private(self._alone_link(message, about(answer)))
            await self.speaker.say(message, line, private, silently=True)
        else:
            keyboard = group_under.answer(question, answer, self.bot)
            number = await self.speaker.say(
                message, told.reply, keyboard, in_place_of=in_place_of
            )
            await self._remember(message, number, answer)
        if alone:
            # A count of one in a small community would say too much.
            question = replace(question, community=None)
        await self.passing_on.later(partial(of_answer, question, answer, today()))

    async def _meant(self, message: Message, said: Addressed, community: Community) -> Question:
        """The question as it is meant: a reply to an answer may mean the same need again."""
        to = message.reply_to_message if said.reply else None
        conversation = Conversation()
        if to:
            conversation = await self.communities.conversation(message.chat_id, to.message_id)
        return self._follower.meant(_question(said.text, community, conversation), conversation)

    async def _remember(self, message: Message, number: int, answer: Answer) -> None:
        topics = tuple(match.label for match in answer.topics[:1])
        if answer.outcome in ("answer", "jargon", "choose"):
            conversation = Conversation(topics, answer.place, ((message.message_id, number),))
            for one in (message.message_id, number):
                await self.communities.remember(message.chat_id, one, conversation)

    async def _in_danger(self, message: Message, text: str, alarm: Alarm) -> None:
        """One line for all, at once, that leads to where help is. Nothing is looked up before."""
        answer = Answer("urgent", Reply(danger_reply(alarm)), urgent=alarm.kind)
        await self._answer_alone(message, answer.reply, alarm)
        question = Question(text, channel=CHANNEL)
        await self.passing_on.later(partial(of_answer, question, answer, today()))

    async def _answer_alone(
        self, message: Message, reply: Reply, leads_to: str | Alarm
    ) -> None:
        """A line that names nothing, and the answer for whoever asked."""
        link = self._alone_link(message, leads_to)
        private = group_under.private(link)
        urgency: Urgency | None = "danger" if isinstance(leads_to, Alarm) else None
        line, only_we_see = chat.said(groups.ALONE), self.speaker.is_ephemeral(message)
        if not only_we_see:
            await self.speaker.say(message, line, group_under.alone(link), urgency=urgency)
        # Telegram lets a bot that is an administrator show it at once; others wait for the press.
        # Once the line is said this is an extra, which must not keep it from being finished: it
        # would be said again after a crash.
        shown = False
        with suppress(TimeoutError):
            async with asyncio.timeout(None if only_we_see else _EXTRA):
                shown = await self.speaker.show(
                    message, _asker(message), reply, private, urgency=urgency
                )
        if only_we_see and not shown:
            await self.speaker.say(message, line, private, urgency=urgency)

    def _alone_link(self, message: Message, leads_to: str | Alarm) -> str:
        person = _asker(message)
        parameter = self.links.parameter(leads_to, person.id if person else None)
        return start_link(self.bot, parameter)

    def _is_sensitive(self, answer: Answer) -> bool:
        return group_under.is_sensitive(answer, self.signposter.knowledge.topics)

    # --- buttons --------------------------------------------------------------------------

    async def _is_theirs(self, person: User, message: Message, asked: Message) -> bool:
        if is_anonymous(asked):  # any administrator may have been that
            return await is_administrator(self.bot, message.chat_id, person.id)
        return asked.from_user is not None and asked.from_user.id == person.id

    async def _helped(self, query: CallbackQuery, message: Message) -> None:
        await acknowledge(query, chat.GLAD)
        if await self.speaker.put_under(message, group_under.to_chat(self.bot)):  # it counts once
            question = _question("", await self.communities.of(message.chat_id))
            await self.passing_on.later(partial(of_helpful, question, today()))

    async def _personal(
        self, query: CallbackQuery, message: Message, asked: Message, press: Press
    ) -> None:
        text = self._words_of(asked)
        if press.act == "wrong":
            await acknowledge(query)
            await self.speaker.put_under(message, under.reasons(About.read(press.value)))
        elif press.act == "why":
            await self._complaints.taken(query, await self._above(message, text), press.value)
            await self.speaker.put_under(message, group_under.to_chat(self.bot))
        elif press.act == "mine":
            await self._show_alone(query, message, asked, text)
        else:
            await self._again(query, message, asked, text, press)

    async def _again(
        self, query: CallbackQuery, message: Message, asked: Message, text: str, press: Press
    ) -> None:
        """The same question some other way; the answer changes in place."""
        spoken = About(press.value, chosen=True) if press.act == "need" else About.read(press.value)
        need = spoken.need if spoken.chosen else ""
        known = self.signposter.knowledge.topics
        if (need and need not in known) or not (text or need):
            await acknowledge(query, chat.TOO_OLD)
            return
        question = replace(
            await self._above(message, text or known[need].title),
            topic=need or None,
            wants_phone=press.act == "phone",
            page=spoken.page if press.act == "more" else 0,
        )
        if press.act == "place" and (places := self.signposter.place(press.value)):
            question = replace(question, place=places[0])
        answer = await in_thread(partial(self.signposter.answer, question))
        if press.act == "more" and (answer.nobody_there or not answer.services):
            await acknowledge(query, chat.NO_MORE)
            return
        await acknowledge(query)
        if answer.urgent or self._is_sensitive(answer):
            keyboard = group_under.alone(self._alone_link(asked, about(answer)))
            reply = chat.said(groups.ALONE)
        else:
            keyboard, reply = group_under.answer(question, answer, self.bot), answer.reply
        number = message.message_id
        await self.speaker.say(message, reply, keyboard, in_place_of=number)
        await self._remember(asked, number, answer)

    async def _show_alone(
        self, query: CallbackQuery, message: Message, asked: Message, text: str
    ) -> None:
        """What was asked is answered where only that person sees it."""
        question = await self._above(message, text)
        answer = await in_thread(partial(self.signposter.answer, question))
        leads_to = about(answer)
        if answer.urgent:
            leads_to = (await in_thread(partial(self.signposter.listener.hear, text))).alarm or ""
        link = self._alone_link(asked, leads_to)
        shown = text and await self.speaker.show(
            message,
            query.from_user,
            answer.reply,
            group_under.private(link),
            query=query,
            urgency="danger" if answer.urgent else None,
        )
        if shown:
            await acknowledge(query)
        else:
            await self.speaker.lead(query, link)

    async def _above(self, message: Message, text: str) -> Question:
        """What stands above a message of ours, as a question for where that answered it."""
        community = await self.communities.of(message.chat_id)
        conversation = await self.communities.conversation(message.chat_id, message.message_id)
        return _question(text, community, conversation)

    def _words_of(self, asked: Message) -> str:
        said = addressed(asked, self.bot.id, self.bot.username)
        return said.text if said else without_mention(asked, self.bot.username)[0]

    # --- commands -------------------------------------------------------------------------

    async def _command(self, message: Message, said: Addressed, heard: Heard) -> None:
        match said.command:
            case "start" | "help":
                await self._say_how(message)
            case "ask" if said.text:
                await self._asked(message, said, heard)
            case "ask":
                await self.speaker.say(message, chat.said(groups.ASK_WHAT))
            case "what":
                await self._what(message, said.text)
            case "urgent":
                await self.speaker.say(message, urgent.card(), urgency="danger")
            case "privacy":
                keyboard = group_under.to_chat(self.bot)
                await self.speaker.say(message, chat.said(*groups.PRIVACY), keyboard)
            case "setup":
                await self.setup.asked(message)
            case command if command in _PRIVATE_COMMANDS:
                private = group_under.private(start_link(self.bot, "ask"))
                await self.speaker.say(message, chat.said(groups.IN_PRIVATE), private)
            case _ if said.by_name:  # a bare one may be for another bot
                await self.speaker.say(message, chat.said(chat.UNKNOWN_COMMAND))

    async def _what(self, message: Message, word: str) -> None:
        if not word:
            await self.speaker.say(message, chat.said(groups.WHICH_WORD))
            return
        question = _question(about_word(word), await self.communities.of(message.chat_id))
        answer = await in_thread(partial(self.signposter.answer, question))
        if answer.outcome not in ("jargon", "answer"):
            await self.speaker.say(message, chat.said(chat.NOT_A_WORD))
        elif self._is_sensitive(answer):
            await self._answer_alone(message, answer.reply, about(answer))
        else:
            await self.speaker.say(message, answer.reply, group_under.to_chat(self.bot))

    async def _say_how(self, message: Message) -> None:
        reply = groups.how_to_ask(self.bot.username)
        await self.speaker.say(message, reply, group_under.to_chat(self.bot))


def _question(
    text: str, community: Community, conversation: Conversation | None = None
) -> Question:
    """What is asked in a community, for the place of the conversation if it has one."""
    place = conversation.place if conversation else None
    return Question(
        text,
        place=place or community.place,
        channel=CHANNEL,
        community=community.name,
        pack=community.pack,
    )


def _asker(message: Message) -> User | None:
    """Who wrote it; None for an administrator who speaks in the group's name."""
    return None if is_anonymous(message) else message.from_user


def _is_inside(member: ChatMember) -> bool:
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)
