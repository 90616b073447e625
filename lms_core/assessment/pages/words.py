"""What the exam room says. Its script fills in what stands in braces; the Korean stands in the catalogue as ever."""

from collections.abc import Mapping
from typing import Final

from lms_core.foundation.text import Text, text
from lms_core.foundation.web.languages import say

QUESTIONS: Final[Mapping[str, Text]] = {
    "position": text("Question {n} of {total}"),
    "choose_one": text("Choose one."),
    "choose_all": text("Choose all that apply."),
    "previous": text("Previous"),
    "next": text("Next"),
    "flag": text("Flag"),
    "review": text("Review and submit"),
    "questions": text("All questions"),
    "progress": text("{n} of {total} answered"),
    "slot": text("Question {n}: {state}"),
    "slot_answered": text("answered"),
    "slot_seen": text("not answered"),
    "slot_unseen": text("not seen yet"),
    "slot_flagged": text("flagged"),
    "key_answered": text("Answered"),
    "key_seen": text("Seen"),
    "key_unseen": text("Unseen"),
    "key_flagged": text("Flagged"),
    "flag_set": text("Question {n} is flagged."),
    "flag_taken": text("Question {n} is no longer flagged."),
}
TIME: Final[Mapping[str, Text]] = {
    "minutes_left": text("{n} min left"),
    "hours_left": text("{h} h {n} min left"),
    "time_hidden": text("Time hidden"),
    "hide_time": text("Hide the time"),
    "show_time": text("Show the time"),
    "tell_time": text("Tell the time left"),
    "told_time": text("{time} left of this exam. It ends at {end}."),
    "threshold": text("{n} minutes left."),
    "threshold_last": text("One minute left."),
    "moved_title": text("You have more time"),
    "moved": text("The exam now ends at {end}."),
    "over_title": text("Time is up"),
    "over": text("What you saved is handed in by the server at {end}. You need not do anything."),
    "over_waiting": text("Answers that are still on this device are being sent: {n}"),
    "spoken_minutes": text("{n} minutes"),
    "spoken_seconds": text("{n} seconds"),
}
SAVING: Final[Mapping[str, Text]] = {
    "saving": text("Saving"),
    "saved": text("Saved {time}"),
    "offline": text("You are offline. Your answers are kept on this device."),
    "busy": text("The server is busy. Your answers are kept on this device and sent again in a moment."),
    "back_online": text("You are connected again."),
    "offline_unkept": text("You are offline. Your answers are in this window only: leave it open."),
    "refused": text("The answer to question {n} was not accepted."),
    "unkept_title": text("This browser keeps nothing on this device"),
    "unkept": text("Go on: each answer is saved on the server at once. If you are offline, leave this window open."),
    "elsewhere_title": text("This exam is open on another device"),
    "elsewhere": text("Here you can only read. If you go on here, the other device can no longer answer."),
    "take_over": text("Go on here"),
    "taken": text("You answer on this device now."),
    "overtaken_title": text("Look at these questions once more: {slots}"),
    "overtaken": text("They were answered on the other device after this one lost its connection. Its answers stand."),
    "signed_out_title": text("You were signed out"),
    "signed_out": text("Your answers are still saved. Sign in again before you hand in."),
    "sign_in": text("Sign in again"),
    "late_title": text("These answers arrived after the end: {slots}"),
    "late": text("What was saved before counts. If the connection was at fault, tell your instructor."),
}
HANDING_IN: Final[Mapping[str, Text]] = {
    "before": text("Before you hand in"),
    "count_answered": text("Answered"),
    "count_open": text("Not answered"),
    "count_flagged": text("Flagged"),
    "open_ones": text("Questions without an answer"),
    "flagged_ones": text("Questions you flagged"),
    "all_answered": text("You answered every question."),
    "back": text("Back to the questions"),
    "hand_in": text("Hand in"),
    "sure": text("Hand in this exam?"),
    "sure_open": text("{n} of {total} questions have no answer. Once handed in, nothing can be changed."),
    "sure_done": text("Every question has an answer. Once handed in, nothing can be changed."),
    "cancel": text("Go on answering"),
    "handing_in": text("Handing in"),
    "not_now": text("The server could not be reached, so this is not handed in yet. Your answers are kept; try again."),
    "handed_in": text("Your exam is handed in."),
    "report": text("See the report"),
}
KEYS: Final[Mapping[str, Text]] = {
    "keys": text("Keyboard"),
    "key_digits": text("Choose an answer, or take it back"),
    "key_arrows": text("Previous and next question"),
    "key_updown": text("Move among the answers"),
    "key_f": text("Flag this question"),
    "key_t": text("Tell the time left"),
    "key_help": text("Show these keys"),
    "keys_on": text("Use letters and digits as keys"),
    "close": text("Close"),
    "understood": text("Understood"),
    "loading": text("Opening your exam"),
    "unreachable_title": text("The server cannot be reached"),
    "unreachable": text("Nothing is lost. We try again by ourselves; the time is kept by the server."),
    "failed_title": text("The exam could not be opened"),
    "failed": text("Load the page again. If that does not help, tell your instructor."),
    "reload": text("Load again"),
}


def room_words() -> dict[str, str]:
    """Every word of the exam room in the reader's language, by name."""
    return {name: say(said) for part in (QUESTIONS, TIME, SAVING, HANDING_IN, KEYS) for name, said in part.items()}
