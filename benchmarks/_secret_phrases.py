"""What people say around their secrets. Nothing here is taken from what the redactor looks for."""

ASK_CARD = (
    "Could I take the card number please?", "And what's the long number across the front?", "What card would you like to use?",
    "Can you read me the sixteen digits on the card", "Go ahead with the card number when you're ready.",
    "I'll take payment now. Card number?", "If you could give me your card details, starting with the long number.",
    "Okay so I need the number on the front of the card", "what is the card number please", "Right, your card number then.",
    "Which card shall we put it on? I'll need the number.", "Could you pop the card number in for me",
    "I just need the long card number to take that payment", "Would you like to pay by card today? What's the number?",
)  # fmt: skip
ASK_EXPIRY = (
    "And the expiry date?", "Expiry?", "And when does it run out?", "Lovely, and the expiry on that?", "valid until?",
    "what's the expiry date on there",
)  # fmt: skip
ASK_CODE = (
    "And the security code on the back?", "And the three digits on the back?", "CVV?", "and the last three on the signature strip",
    "Could I get the CVC please?", "What's the security number?", "And finally the three numbers on the reverse please.",
    "and the code on the back of the card", "What are the last three digits on the back?", "the cvv number please",
    "And the little three digit number on the back there?", "Can you tell me the security digits as well?",
    "I also need the 3 digit security code", "and what does it say on the back, the three numbers",
)  # fmt: skip
NODS = (
    "mm-hm", "mhm", "go on", "yep", "yes", "okay", "uh-huh", "got that", "carry on", "and the next four?", "next?", "right",
    "I'm with you so far", "and then?", "and the rest?", "keep going", "ok", "Yes, go ahead.", "Thank you, and the next ones?",
    "lovely", "okay, and after that", "just bear with me while I type that in. Okay, carry on.", "perfect, next",
    "Mm.", "sorry, go on", "that's great thank you and what comes after that", "one moment. Right.", "and the last four?",
    "and the final group?", "Yeah.", "still here",
)  # fmt: skip
REPEAT = ("Sorry, could you say that again?", "you broke up there, can you repeat that?", "Pardon?", "Was that right?")
UNASKED = (
    "", "", "it's ", "the number is ", "I want to pay that now, it's ", "take it off my card, ", "right so ", "use this one: ",
    "can you charge ", "put it on my visa, ", "my card number is ", "i'd rather pay with my other one ", "Yeah just take it from ",
    "so you can have it now, ", "I've got the card here, ", "ready? ", "okay the long number is ", "here you go ",
    "my mastercard is ", "you ready, ", "charge it to amex ", "so my details, ", "and I'm paying with ", "hi can i pay with ",
)  # fmt: skip
ASKED = (
    "", "", "", "it's ", "yeah it's ", "sure, ", "okay ", "yeah ", "right, ", "one sec... okay ", "so it's ", "ok so ",
    "let me get it out. right, ", "yes of course, it's ", "erm ", "hold on, got it, ", "that would be ", "the number is ",
    "just a minute while I find my glasses... here we are, ", "it begins ", "starting ",
)  # fmt: skip
NEXT = (
    "", "", "", "", "then ", "and ", "um ", "and then ", "the next bit is ", "next is ", "so ", "then it's ", "yeah ", "after that ",
    "erm ", "followed by ", "okay ", "where was I, ",
)  # fmt: skip
PAUSES = ("hang on", "sorry the dog's barking", "um", "wait I've lost my place", "one second", "bear with me")
TAILS = (
    "", "", "", "", ".", ", thanks", " that's it", " did you get that?", ". That's the long one.", " please", " and it's in my name",
    " that's the lot", ", okay?", " got it?", ". Name on it is Doyle.",
)  # fmt: skip
EXPIRIES = (
    "{m:02}/{y}", "{m:02} {y}", "{m:02}{y}", "{m:02}/20{y}", "expiry {m:02}/{y}", "exp {m:02} {y}", "expires {m:02}/{y}",
    "{month} {spoken}", "oh {digit} {spoken}", "valid to {m:02} {y}", "and it runs out {m:02}/{y}", "end of {month} {spoken}",
)  # fmt: skip
CODE_NAMED = (
    "security code {}", "and the security code is {}", "cvv {}", "CVC: {}", "the three on the back are {}", "and on the back {}",
    "the three digits on the back is {}", "cvv2 is {}", "{} is the security code", "{} on the back", "and the code's {}",
    "csc {}", "the last three are {}", "security number is {}", "and the little number is {}", "{}", "{}", "and {}",
    "back of the card says {}", "three digit code {}",
)  # fmt: skip
CODE_ANSWERS = (
    "{}", "{}", "{}", "it's {}", "yeah {}", "um {}", "that's {}", "okay that's {}", "{} I think", "it says {}", "so it's {}",
    "{}, thanks", "uh it looks like {}", "right, {}", "{} that's the one on the back", "hang on, turning it over... {}",
    "is it {}?", "{} I believe",
)  # fmt: skip
READ_BACK = (
    "{}?",
    "so that's {}",
    "{}, yes",
    "okay {}",
    "{} got it",
    "I've got {}",
    "{}.",
    "was that {}?",
    "{}, thank you",
)
AROUND = (
    ("Hello, thanks for calling. How can I help?", "Hi, I'd like to pay my bill."),
    ("Can I take your name please?", "Doyle, Mr Doyle."), ("Let me bring up your account.", "I've been waiting ages for this."),
    ("Thank you for holding.", "No problem."), ("What's the order number please?", "It's 48213."),
    ("Right, I can see the balance there.", "Yes, I'd like to clear it."), ("That comes to £64.99.", "That's fine."),
)  # fmt: skip
AFTER = (
    ("That's all gone through for you.", "Great, thanks."), ("Is there anything else?", "No that's everything, thank you."),
    ("You'll get an e-mail in a minute.", "Lovely."), ("Your reference is 77120.", "Thanks, let me write that down."),
)  # fmt: skip
PASSWORD_ASK = (
    "What's the password on the account?", "Could you tell me your password?", "and the memorable word please",
    "Can I have the passphrase on the account please?",
)  # fmt: skip
PASSWORD_TOLD = (
    "my password is {}", "password: {}", "the password is {} but it says it's wrong", "pw {}", "username doyle, password {}",
    "it keeps rejecting {} which is my password", "my login's doyle and my password's {}", "passcode is {}",
)  # fmt: skip
PIN_ASK = (
    "And your PIN?",
    "Could you give me the four digit PIN please",
    "What's your pin number?",
    "can you confirm your PIN",
)
PIN_TOLD = (
    "my pin is {}",
    "PIN: {}",
    "the pin number's {}",
    "I've tried pin {} and it won't work",
    "PIN {} if it helps",
)
OTP_ASK = (
    "I've just sent you a code, can you read it out?", "What's the verification code?", "Can you tell me the six digit code please?",
    "You'll get a text with a one-time code, what does it say?", "could you give me the passcode we texted you",
)  # fmt: skip
OTP_TOLD = (
    "the code you sent is {}", "my verification code is {}", "I got a text with code {}", "otp is {}", "one time passcode {}",
    "the code in the text is {}", "it says your code is {}", "they texted me {} as the code", "authentication code: {}",
)  # fmt: skip
NOTES = (
    "Cust paid by card {card} exp {expiry} cvv {code}. Called back at 10:42.", "card {card}, security code {code}, took payment",
    "{card} {expiry} {code}", "Payment failed twice with {card}. CVC {code} declined by bank.",
    "Customer read out {card} although I asked them not to.", "pymt: {card} / {expiry} / {code}",
)  # fmt: skip
