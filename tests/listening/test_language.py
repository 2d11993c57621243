"""English is read, every other language is left alone, and short English is never taken for another."""

import subprocess
import sys

import pytest

from levelhead.conversation import Advice, Channel, Heard, Reading, Speaker, Turn
from levelhead.listening.language import Language, language_of

FOREIGN = """
¿Dónde está mi paquete? Lleva tres días de retraso
no he recibido mi reembolso todavía
quiero hablar con su supervisor ahora
Où est ma commande, je l'attends depuis lundi
je voudrais annuler mon abonnement
personne ne répond au téléphone
Wo bleibt meine Bestellung, ich warte seit Tagen
ich möchte mein Geld zurück
das ist doch unglaublich, niemand ruft zurück
Dov'è il mio pacco? Sono passati dieci giorni
voglio parlare con un responsabile
Onde está a minha encomenda por favor
quero o meu dinheiro de volta já
waar blijft mijn pakket, ik wacht al een week
ik wil mijn geld terug
gdzie jest moja paczka, czekam od tygodnia
proszę o zwrot pieniędzy
siparişim nerede, üç gündür bekliyorum
paramı geri istiyorum lütfen
где моя посылка я жду уже неделю
я хочу вернуть деньги
де моя посилка чекаю третій день
أين طلبي لم يصل بعد
मेरा ऑर्डर कहाँ है तीन दिन हो गए
我的包裹在哪里已经三天了
荷物がまだ届いていません
제 소포가 아직 도착하지 않았어요
nasaan na po ang order ko tatlong araw na
gusto ko pong makausap ang manager ninyo
pesanan saya belum sampai sudah tiga hari
saya mau uang saya kembali
đơn hàng của tôi đâu rồi
var är mitt paket, jag har väntat i en vecka
jeg vil gerne have mine penge tilbage
missä minun pakettini on, olen odottanut viikon
unde este coletul meu, aștept de o săptămână
hol van a csomagom, egy hete várok
kde je můj balík, čekám už týden
πού είναι το δέμα μου
kifurushi changu kiko wapi nimesubiri siku tatu
nibo ni eru mi wa mo ti duro fun ojo meta
mera order kab aayega teen din ho gaye
bhai paisa wapas karo abhi tak nahi aaya
waar is my pakkie, ek wag al drie dae
ble mae fy mharsel i, dw i wedi aros wythnos
cá bhfuil mo bheartán, táim ag fanacht
""".strip().splitlines()

ENGLISH = """
ok
thx
k. lol
4471
👍🏼👍🏼
UM HELLO?
Nope, thank you.
Katarina Miller
denise kowalczyk k o w a l c z y k
okafor o k a f o r
MY NAME IS OLUWASEUN ADEYEMI
WHERE IS MY PARCEL
wheres my refund. coffee machine
abeg una should release my money now
oga I don call una three times, wahala no finish
please do the needful and revert
kindly revert back on the same sir
aye but I cannae get naebody tae answer the phone
och I'm no happy wi this at all
helo i neeed my mony bak
im crying in the laundry room lol
yo wheres my refund
ur app is dead again smh
eh hello my MAKAN10 code never apply leh
ha right cheers sian
oh my god you da best
QD 5581 0093 ZA
TKX-0098812
attach it to ur forehead u brain dead muppet
""".strip().splitlines()


def so_far(*spoken: tuple[str, str]) -> tuple[Heard, ...]:
    """A timeline of turns already read: (text, language)."""
    turns = [Turn("t", n, Speaker.CUSTOMER, text, Channel.CHAT) for n, (text, _) in enumerate(spoken)]
    return tuple(
        Heard(turn, Reading(language, language == "en"), Advice({}))
        for turn, (_, language) in zip(turns, spoken, strict=True)
    )


@pytest.mark.parametrize("text", ENGLISH)
def test_short_and_unusual_english_is_read(text: str) -> None:
    assert language_of(text) == Language("en", readable=True)


def test_other_languages_are_not_read() -> None:
    missed = [text for text in FOREIGN if language_of(text).readable]
    assert len(missed) <= len(FOREIGN) * 0.05, missed


def test_the_language_of_a_long_enough_turn_is_named() -> None:
    assert language_of("¿Dónde está mi paquete? Lleva tres días de retraso") == Language("es", readable=False)
    assert language_of("я хочу вернуть деньги").code == "ru"


def test_a_turn_in_another_script_is_not_read_even_when_short() -> None:
    assert not language_of("спасибо").readable
    assert not language_of("谢谢").readable


def test_a_few_words_lean_on_the_turn_before() -> None:
    assert language_of("gracias").readable
    assert not language_of("muchas gracias", so_far(("quiero hablar con alguien por favor", "es"))).readable


def test_a_talk_that_settled_in_english_is_not_left_for_a_few_odd_words() -> None:
    settled = so_far(*[("hello there, where is my parcel", "en")] * 4)
    assert language_of("im crying in the laundry", settled).readable
    assert not language_of("quiero hablar con su supervisor ahora", settled).readable


def test_numbers_are_in_the_language_of_the_talk() -> None:
    assert language_of("4471", so_far(("hello there", "en"))) == Language("en", readable=True)
    assert language_of("4471", so_far(("quiero hablar con alguien", "es"))) == Language("es", readable=False)


def test_a_customer_who_changes_to_english_is_read_again() -> None:
    assert language_of("can you help me in English please", so_far(("quiero mi dinero", "es"))).readable


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_a_turn_without_a_word_is_not_read(text: str) -> None:
    assert language_of(text) == Language("und", readable=False)


def test_a_placeholder_says_nothing_about_the_language() -> None:
    assert language_of("[card number]", so_far(("quiero mi dinero", "es"))).code == "es"


def test_the_detector_loads_without_a_warning_and_without_a_network() -> None:
    code = (
        "import socket\n"
        "def refuse(*_): raise OSError('no network')\n"
        "socket.socket.connect = refuse\n"
        "from levelhead.listening.language import language_of\n"
        "assert language_of('wo ist mein Paket geblieben').code == 'de'\n"
    )
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
