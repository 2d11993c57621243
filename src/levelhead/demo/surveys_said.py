"""What customers of the demo's past write in surveys, in the order in which it is dealt out."""

from typing import Final

SORRY: Final = (
    "I had to explain it from the beginning every single time.",
    "Nobody rang when you said somebody would. I waited in all afternoon for nothing.",
    "You read me a script. I asked one question and never got an answer to it.",
    "It's still not fixed. I don't want another apology, I want a date.",
    "I gave up. It shouldn't take a whole evening to get my own money back.",
    "Forty minutes on hold, and then I was told it's another department.",
    "I was made to feel that it's my fault. It isn't.",
    "The answer came, but only after I'd said that I would leave.",
    "You kept asking for a reference that you already had on the screen.",
    "Being told that you understand isn't the same as doing something.",
    "I got three different answers from three of you. Which one is it?",
    "Never mind the voucher. I wanted somebody to ring me back.",
)
TORN: Final = (
    "It was sorted in the end. It just shouldn't have needed three calls.",
    "Friendly, but the first person couldn't decide anything.",
    "Fine once I got through to the right team.",
    "The refund came, though a day later than you had said.",
    "I still don't know why it happened in the first place.",
    "Good person, bad process. Those forms need to go.",
    "OK. I would have liked a mail that says what we agreed.",
    "Half of it is done. I'll see about the rest next week.",
    "It worked, but I had to spell my address four times.",
    "Polite and slow.",
    "Better than last time, when nobody answered at all.",
    "Got what was owed to me. The tone at the start was not all right.",
)
GLAD: Final = (
    "Amira told me straight what she could do and what she couldn't. That was all I needed.",
    "Somebody finally said sorry for the right thing, and then did it.",
    "Called back at the time that was promised. To the minute.",
    "No script. It felt like talking to somebody who wanted it solved.",
    "The money was back the next morning. Thank you.",
    "I was rude at the beginning and was helped anyway. Thank you for that.",
    "I didn't have to repeat myself when I was put through. First time ever.",
    "Clear answer, a date, and it was kept.",
    "You said that you didn't know yet, and came back with an answer the same day.",
    "Quick and kind. My mother could follow every step of it.",
    "It was your mistake, and you said so. That changed my mind about leaving.",
    "Ten minutes, one person, done.",
    "Thank you for writing down what we agreed. I've kept the mail.",
    "I expected a fight and got help.",
)
"""A name in one of them is left out before it is kept, as in any answer."""
