"""Common English words of support talk that are rare in other languages: short texts are known by them."""

ENGLISH_WORDS = frozenset(
    """
    'cause abeg able about accept account across actually add added address after afternoon again ago ahead ain't
    already alright also always am amount and another answer answered any anybody anyone anything anyway apologise
    apologize appreciate are aren't around ask asked asking assist attached available away aye back bad bag bank
    basically because bed before behind being below best better between big bill billing bit bless bloody blue book
    booked booking both bought box branch bring brother bucks business but buy bye call called calling calls calm
    came can can't cancel cancelled cannae cannot car care carry case cause caused change changed changes charge
    charged check checked checking cheers claim claims clear close closed closing colleague comes coming company
    completely concern confirm confirmed contacting contract copy correct cos could count counter course cover
    credit crew crying customer customers date dates daughter daughter's day days dear debit definitely delivered
    delivery depot desk dey did didn't didnt died different dinnae doctor does doesn't dog doing dollars don't done
    dont double down drive driver driving drop dropped drove due dunno duty each easy eight eighth eighty either
    eleven else emailed end ending ends engineer enjoy enough estate even evening ever every everything exactly face
    fair family fee feedback feel few fifteen fifth fifty find fine first five fix fixed flat flight floor form
    forty found four fourteen fourth free friday from front frustrating frustration full gas get gets getting gimme
    girl give given glad go god goes going gone gonna good got gotta grand great green guess guy half hanging happen
    happened happens happy hard hasn't have haven't having he'll he's head hear heard heart held hello help here
    here's hey him his hold home honest honestly hope hospital hour hours house how hundred hurry husband i'd i'll
    i'm i've if ill inbox innit inside into invoice isn't it it'd it'll it's its itself job just keep kept kids
    kindly kitchen knock know label lady lah language last late lead leave leaving left leh let let's letters life
    light like line listen little logged lol long look looked looking looks lost love lovely lying ma'am make makes
    many match maybe mean means meant member meter might mind mins miss missed missing mistake mister monday money
    month months more morning mother move moved moving mr mrs much must myself nae nah names naw near need needed
    needful needs never new next nice night nights nine nineteen ninety ninth nobody nobody's none noon not noted
    nothing notice now number numbers o'clock off oga old one one's ones only open opened opens order ordered other
    our ours out outside own paid pajamas paper parcel pass passed past pause pay paying payment payments pending
    people perfect person pick picked please pleez pls plz point policy power press price proper put putting
    question quid rather reach reaching read reading really receipt received record refund refunded release report
    return revert review right ring ringing road room round row run rung rush safe said same saturday say saying
    says school seats second seconds security see seeing seen send sending sent set seven seventy shall share she
    she'd she's sheet shift shop short should should've shouldn't show showing shows side sign signed since sister
    sit sitting six sixty sleep slow small some somebody someone something soon sorry sort sorted speak speaking
    speaks specify standing start stay stays step still stood stop stopped store straight street stuck sunday
    support sure swap take taken takes taking talk talking team tell telling than thank thanks that
    that's thats the their them then there there's these they they'll they're they've thing things think thinking
    third thirty this those though thought thousand three through thursday thx tickets till time times today
    together told tomorrow tonight too took top totally touch tracking transfer travel tried truck try trying
    tuesday turn twelve twenty twice two typed una understand understood unfortunately until up update updated us
    use used usually valid value verify very wahala wait waiting walk wanna want wanted wasn't watch way ways we'd
    we'll we're we've website wednesday wee week weeks welcome well went were what what's whats when where whether
    which while white who whoever whole why wi wife window with within without won't word words work working works
    worry would wouldn't write writing written wrong wrote y'all yeah year years yep yes yesterday yet you you'd
    you'll you're you've young your yours yourself zero
    """.split()  # noqa: SIM905 - words read better as words
)
