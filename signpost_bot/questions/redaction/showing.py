"""The words that show whether a person is named beside them, all small and folded."""


def _w(words: str) -> frozenset[str]:
    return frozenset(words.split())


# --- people, and what they are to each other --------------------------------------------

# These are somebody to someone: a name often follows them.
KIN = _w(
    """abba ammi aunt auntie aunties aunts aunty baba baby bairn bestie bf bhai boy boyfriend
    boyfriends boys bro brother brother-in-law brothers cat child children cousin cousins da
    dad dada dadda daddy dadi dads daughter daughter-in-law daughters dog eldest ex father
    father-in-law fiance fiancee flatmate foster-son friend friends gf girl girlfriend girls
    goddaughter godfather godmother godson gramps gran granda grandad grandchild grandchildren
    grandda granddad granddaughter granddaughters grandfather grandkids grandma grandmother
    grandpa grandparents grandson grandsons granny grans half-brother half-sister housemate
    hubby husband husbands in-law inlaw kid kids lad lads lass law lodger ma mam mama mamma
    mammy mate mates maw missus mom mother mother-in-law mum mummy mums nain nan nana nani
    nanna nanny nans neighbor neighbour neighbours nephew nephews niece nieces oldest pa pal
    papa parents partner partners roommate sibling siblings sis sister sister-in-law sisters
    son son-in-law sons spouse step-dad step-daughter step-father step-mother step-mum
    step-son stepbrother stepdad stepdaughter stepfather stepmother stepmum stepsister stepson
    taid teenager toddler triplets twin twins uncle uncles wain wean wife wives youngest"""
)
# The same where "my", "the" or "a" owns them ...
ROLES = _w(
    """adviser advisor advocate appointee assessor attorney befriender bloke boss caree carer
    carers chap chemist cleaner client co-ordinator colleague consultant coordinator
    counsellor cpn deputy dietician dietitian doctor doctors driver elder fella fellow
    gentleman gp guardian guy head headteacher imam interpreter keyworker lady landlady
    landlord lawyer man manager matron midwife navigator nurse nurses officer one ot pa
    paediatrician pastor patient pensioner person pharmacist physio physiotherapist priest
    psychiatrist psychologist pupil rabbi relative resident senco sitter social-worker
    solicitor specialist student support teacher tenant therapist translator vicar volunteer
    woman worker workers"""
)
# ... or one of these stands just before.
BARE_ROLES = _w("a key new social support the")
TITLES = _w(
    """dame doctor dr fr lady lord messrs miss mister mr mrs ms mx prof professor rev reverend
    sir"""
)
# These are words, too: "miss him", "the doctor says".
LEARNED_TITLES = _w("dame doctor dr fr lady lord miss prof professor rev reverend sir")
KIN_TITLES = _w(
    """aunt auntie aunty bhai bishop brother canon captain chacha cllr colonel constable
    councillor cousin dad deacon elder father gran grandad granddad grandma grandpa granny
    hajji imam inspector khala major matron maulana ms mum nan nana nanna nanny nurse pastor
    pc rabbi sergeant sgt sheikh sister uncle"""
)
# After these even a word in small letters is a name: "auntie pat".
FAMILY_TITLES = _w("aunt auntie aunty cousin granny nanny uncle")
POSSESSORS = _w("her his ma me mi my our their thy ur your")
# They may stand between who it is and the name: "my friend poor Enid".
ADJECTIVES = _w(
    """amazing autistic beautiful best big blind brilliant darling deaf dear disabled elderly
    eldest good late little lovely mad old older poor wonderful young younger youngest"""
)

# --- kinds of names ---------------------------------------------------------------------

# Names that are verbs or titles, too: they need more around them than others.
MODAL = _w(
    """art bill can chase do don drew grace grant hope mark may might must pat rob rose say shall
    sue van wade will"""
)
# Of these, those that people write with a capital all the same: "a Grant", "his Will".
OFTEN_CAPITALS = _w("art bill can do grant mark may might must say shall van will")
CALENDAR = _w("april august autumn easter july june may summer")
# Of the names that are words, those that are mostly people: less around them is enough.
PEOPLE = _w(
    """alma amber angus antony arnold ashton barry bea beau beryl bess beverley bonnie bradley
    brandon cal carol chelsea cherry clare clement clementine clifford colleen constance coral
    craig crystal daisy deb dee denny dolly dottie douglas ebony eddy ern eve faye felicity
    fern florence gail georgia gill glen gloria gracie hazel heather holly hyacinth iona iris
    irvine isla ivy jade jasmine jasper jay jewel jock jordan keith kelly kerry kirk lee leigh
    lesley leslie lily lulu mabel mack mair marge margo marina melody moira myrtle neil nelson
    nick olly paddy pansy pat patsy patty pearl penny poppy prudence queenie randy ray robin
    rod romeo rosemary rosie ross rosy rowan royston ruby sandy sapphire savannah scarlet
    shirley shona sid sidney sienna sofia sonny spencer stanley sue sydney tam tansy troy
    tyrone val vi vic viola violet wally winnie"""
)
# Of these, those that are often plants, stones and such.
PLANTS = _w(
    """amber angel cherry coral crystal eve fern hazel heather holly iris ivy jade jasmine jay
    jewel lily mack marina melody myrtle nelson nick pearl penny poppy ray robin rose rosemary
    rosy rowan ruby sapphire tansy violet"""
)
# And those that are places at most: nothing need stand around them but no "in".
HARDLY_WORDS = _w(
    """alma antony arnold beryl beverley bradley brandon clare clementine clifford colleen
    constance craig deb deborah douglas ebony eddy fanny faye felicity florence gail georgia
    gill gracie iona isla keith kelly kerry lesley leslie mabel moira neil paddy queenie rosie
    royston shirley shona sienna sofia spencer stanley tam troy tyrone wally winnie"""
)
# Inside a name: "Ana de Souza".
PARTICLES = _w(
    """ab al ap bin bint binti da de del den der di dos du el ibn la le mac mc st ud ul ur van
    von"""
)

# --- after a name -----------------------------------------------------------------------

# What people do, and things hardly do.
ANIMATE = _w(
    """adopted adored adores agreed appealed applied applies argued argues arrived arrives asked
    asks ate attacked attacks attended attends banged bangs bathes begged begs believes bit
    bites blamed blames bleeds borrows bought breaks broke bullied bullies buys called calls
    came can't cannot cant cared cares cheats choked chokes chooses chose claimed claims
    cleaned cleans climbed climbs collapsed comes complained complains cooked cooks coped
    copes coughed coughs couldn't couldnt crawls cried cries cuddles cycles dances dates
    decided decides didn't didnt died divorced doesn't doesnt drank draws dreads dresses
    dribbles drinks drives dropped drove earned earns eats emailed emails enjoyed enjoys
    failed fainted faints falls feels fell felt fights finished fitted flaps forgets forgot
    forgotten fostered fosters fought frets gained gambled gambles gave gets goes gone got
    graduates grew grieves grumbles hasn't hasnt hated hates haven't helped helps hid hides
    hit hits hugged hugs hums hurt hurts ignored ignores insisted insists isn't isnt jumped
    jumps keeps kept kicks kissed kisses knew knits knows laughed laughs lay leads leaves left
    lends lied lies likes limps listened listens lived lives looked looks lost loved loves
    managed manages married marries missed misses mistakes mistook moaned moans mourns moved
    moves mumbles nurses owes paid paints panicked panics passed pays phoned phones pinches
    played plays poos prayed prays preferred prefers pretended pretends promised pulled pulls
    punched punches pushed pushes qualified qualifies raised raises ran rang reads received
    receives reckons recognised recognises recommended refused refuses remembered remembers
    repeats resents rests retired retires returned returns rides rings rocks rolls runs said
    sang sat saw says scratched scratches screams sees seizes separated shakes shops shouted
    shouts showers shuffles signed signs sings sits skipped skips slapped slaps sleeps slept
    slipped slurs smashed smokes snores soils sold speaks spends spent spits spoke stammers
    stands started stayed stays steals stims stole stood stopped struggled struggles studies
    stumbled stumbles stutters suffered suffers suggested swears swims swore takes talked
    talks taught teaches teases tells texted texts thinks thought threatened threatens threw
    throws toilets told took travels trembles tried tries tripped trusted trusts turned
    turning turns types understands understood undresses used uses visited visits volunteers
    vomited vomits waited waits wakes walked walks wandered wanders wanted wants washes wasn't
    wasnt watched watches wears wees weighs went wets whispers who who's whos woke won't wont
    wore worked works worried worries wouldn't wouldnt writes wrote"""
)
# What only people do.
HUMAN = _w(
    """agreed argued argues asked begged begs cried cries dances died divorced drinks emails
    forgets forgot hates insists knits laughed laughs lied lies liked likes lives loves
    married phoned prayed prays promised rang reads reckons refused refuses retired said sang
    says screamed screams shoplifts sings sleeps smiled smiles smokes snores struggles swears
    swore teaches texted texts thinks thought told volunteers wandered wanders wanted wants
    wears weeps wept wore writes wrote"""
)
# What goes on after a name, even after one that may be a verb.
SURELY_FOLLOW = ANIMATE | _w("aged had has is was")
# What may go on after a name.
FOLLOW = ANIMATE | _w(
    """again age aged also always and are as at because being but can could currently did does
    for from getting going had has having he here i if in is it's just might must needed needs
    never now often on only or really she should since so sometimes speaking still then they
    to was we were when where will with would x"""
)
# "Will is autistic", "June has dementia".
ILL = _w(
    """adhd alzheimer's alzheimers angry anxiety anxious arthritis asleep asthma autism autistic
    bedbound bipolar blind cancer cerebral confused copd deaf dementia depressed depression
    diabetes diabetic disabled down's dying eight elderly epilepsy epileptic five four frail
    her his housebound ill incontinent lonely ms my nine non-verbal nonverbal old our
    parkinson's parkinsons poorly pregnant scared schizophrenia seven severe sick six stroke
    ten their three two unwell widowed"""
)
# "X was diagnosed".
UNDERGONE = _w(
    """admitted adopted arrested assessed autistic bedbound blind born bullied crying deaf
    diagnosed disabled discharged dying excluded fostered housebound incontinent rushed
    screaming sectioned sexually taken told"""
)
HUMAN_BASE = _w(
    """afford bathe bear breathe chew climb come communicate concentrate cook cope dress drink
    drive eat feed get go hear leave let lift listen live look manage move pay phone play read
    remember ring see settle shop shower sign sit sleep speak stand stay stop swallow take
    talk toilet tolerate understand use walk wash wear work write"""
)
# "Rose is struggling".
DOING = _w(
    """asking begging being biting choking coping crying drinking dying eating falling fighting
    fitting getting going grieving having hiding hitting kicking living looking losing lying
    moving needing recovering refusing retiring screaming shouting sitting sleeping smoking
    staying struggling suffering swearing talking turning waiting walking wandering wetting
    working"""
)
ADVERBS = _w(
    """actually almost already also always being completely currently getting just nearly never
    not now often only quite really so still too totally usually very"""
)
# "Hope has gone", "the grant has run out".
NOT_OWNED = _w(
    """arrived become begun changed come cost gone grown helped left long made never not paid
    risen run since to"""
)
WHERE_PEOPLE_LIE = _w(
    """bed care college coma custody foster home hospice hospital hostel icu nappies nursery pain
    prison remission respite resus school tears ward wheelchair"""
)
# "Faith from church".
CLOSE_BY = _w(
    """across agency centre charity church clinic college company council downstairs group home
    hospice mosque next office over school surgery team temple upstairs work"""
)
# What bills and grants do, too.
THINGS_TOO = _w(
    """arrived broke came can't cant climbed climbs comes couldn't couldnt didn't didnt doesn't
    doesnt dropped drops failed falls fell finished gained gets goes got grew hasn't hasnt
    helped helps hit hits hurt hurts isn't isnt jumped keeps kept left looked looks lost
    managed moved moves needs ran returned returns runs sits stands started stayed stays
    stopped takes took turned turns used wasn't wasnt went who who's whos won't wont worked
    works wouldn't wouldnt"""
)
OCCUPATIONS = _w(
    """alcoholic amputee angel baker barber builder butcher catholic chef christian citizen
    cleaner cook dancer diabetic docker drinker electrician engineer farmer fighter fireman
    fisherman footballer gardener hairdresser handful headmaster headmistress hero joiner
    mechanic migrant milkman miner monk musician muslim nun orphan painter paraplegic pianist
    plumber policeman policewoman postman refugee sailor seamstress secretary shopkeeper
    singer smoker soldier tailor teacher twin vegan vegetarian veteran welder widow widower"""
)
PETS = _w("budgie cat dog horse parrot rabbit")
NEEDING = _w("be can could does get have keep need needs not will")
# What a person has: "Maggie's wheelchair".
HELD = _w(
    """address allowance anxiety appointment assessment attendance autism back badge bank bath
    bathroom bed bedroom behalf behaviour benefits birthday blue brother budget bus care carer
    carers case cat catheter chair clothes computer condition consultant dad daughter death
    dementia depression details diagnosis discharge dla doctor dog epilepsy estate eyes family
    father feet file flat food form forms frame friend funeral glasses gp health hearing heart
    hip hoist home hospital hours house husband illness job key keys landlord laundry leg legs
    letter main meals medication medicine meds memory mental mobility money mother mum name
    needs new notes number nurse old operation package pads partner pension phone pip place
    plan prescription record rent respite room school seizures shopping side sight sister skin
    sleep social son speech stairlift stroke support tablet tablets taxi teacher teeth
    therapist therapy transport turn wages walker ward washing wheelchair wife will worker
    workers"""
)

# --- before a name ----------------------------------------------------------------------

ARTICLES = _w("a an the")
# "I asked Mark", "because Will".
BEFORE_NAMES = _w(
    """about and are as ask asked because but by call could dear did does for get has have help
    if is know left let like love miss our phone poor promised rang saw says see seeing should
    tell than thank thanks that to told visit visiting was when where while with would"""
)
TOLD = _w("ask asked meet met tell thank told")
# "looking after rose who".
CARED_FOR = _w("about after and for help helping helps love loves to with")
CARED = frozenset(
    (verb, link)
    for link, verbs in (
        ("after", "look looks looking looked"),
        ("for", "care cares caring cared carer"),
        ("to", "talk talked spoke speak speaking carer"),
    )
    for verb in verbs.split()
)
# A new clause may begin after these.
JOINING = _w(
    """after although and as because before but guess how if know or reckon said says since so
    that then think thinks though thought till until when where whether while why"""
)
# What stands before a name in small letters: "help craig and me".
LEADING = _w(
    """about and ask because but can did does for get help how if is let poor see since take tell
    that then told took want when while why with"""
)
ASKING = _w("ask asked can could did does let should tell told")
# "Preston said no" may be its council.
COUNCILS_DO = _w(
    """agreed asked insists phoned promised rang refused refuses said says thinks told wanted
    wants wrote"""
)
# What follows these with a capital, and is on no list, is sold in shops.
THINGS_FOLLOW = _w(
    """bought buy by her his my off or play playing prescribe prescribed take takes taking their
    took tried try use used uses using via watch watching your"""
)
DETERMINERS = _w("another any each every no one some that this")
# What follows these may be a place.
LOCATIVE = _w(
    """across around at between from in live lives near of on outside through to towards via
    visiting"""
)
# What follows these may be a month.
DATED = _w(
    """after before by during early every for from in last late mid next of on since this through
    till until"""
)

# --- calling, greeting, signing ---------------------------------------------------------

# "a charity called Cerebra": not a person.
NOT_CALLED = _w(
    """act allowance app benefit book card card's centre charity club company condition course
    device directory disease disorder drug form fund gadget group helpline home hospice
    hospital illness it's law line medicine organisation place program programme project robot
    rule scheme service site something syndrome tablet tablets team thing ward website what
    whatever whats"""
)
# "called out", "called Attendance Allowance".
AFTER_CALLED = _w("attendance out round")
SELF = (
    ("i'm",), ("im",), ("i", "am"), ("am",), ("its",), ("it's",), ("it", "is"), ("this", "is"),
    ("thats",), ("that's",),
)  # fmt: skip
GREETING = _w(
    """afternoon alright bye cheers dear evening hello hey heya hi hiya hullo morning sorry ta
    thanks welcome"""
)
# The end of a letter.
CLOSING = _w(
    """advance appreciated best blessings cheers diolch faithfully from gratefully hugs kindly
    kisses love regards respectfully respects signed sincerely slainte ta thanks thankyou thx
    tia truly warmly wishes xx you"""
)

# --- what is no person ------------------------------------------------------------------

# What stands before these is a physician at most: "Williams syndrome".
DISEASES = _w(
    """ataxia chorea contracture disease dystrophy encephalopathy lymphoma neuropathy oesophagus
    palsy paralysis psychosis sarcoma syndrome syndromes thyroiditis tumor tumour"""
)
# Capitals before these are its name, however these are written ...
HOSPITALS = _w("hospice hospital infirmary")
# ... and before these, if they are small.
STATIONS = _w("avenue bridge lane line park road station street suite ward wing")
# ... before these where they have a capital, too: "Bramley Court".
ORGANISATIONS = _w(
    """academy act airport alert appeal arms association avenue award bank bridge building cafe
    campaign cathedral center centre charity chemist chemists church city class clinic close
    club college community cottage council county court crescent cup day drive estate fields
    foundation fund gardens grammar group grove hall health helpline home homes hospice
    hospital hotel house housing hub infirmary institute lane law library line lodge market
    medical memorial method mosque museum nhs nursery park partnership pharmacy place practice
    primary prize project protocol road rule scale scheme school secondary service services
    society spaniel square stadium station street suite surgery team technique temple terrace
    terrier test theatre theory town trust unit united university village ward way wing wish"""
)
# Never a name, whatever stands beside them.
FUNCTION = _w(
    """a about above across actually after again against ago ah all almost alone along already
    also although always am among an and another any anybody anyone anything anyway anywhere
    are aren't arent around as ask asked asking at aw away back bad be became because been
    before behind being below best better between both but by bye call called came can't
    cannot cant care cared cares caring come comes could couldn't couldnt daily day days did
    didn't didnt do does doesn't doesnt doing don't done dont down dunno during each eg eight
    either else enough etc even ever every everybody everyone everything everywhere except far
    feel feels fell few find first five for found four from full get gets getting give given
    gives go goes going gone gonna good got gotta great ha had hadn't hadnt has hasn't hasnt
    hate have haven't havent having he he'd he'll he's hed hell hello help helped helping
    helps her here hers herself hes hi him himself his hiya hmm how however i i'd i'll i'm
    i've id ie if ill im in indeed inside instead into is isn't isnt it it'd it'll it's its
    itself ive just keep keeps know knows last lately later least left less let like likely
    little live lives living lol long look looked looking looks lost lot lots love made make
    makes making many maybe me mean means might mine month months more most much must my
    myself near nearly need needed needing needs neither never new next nice nine no nobody
    none nor not nothing now nowhere of off often oh ok okay old on once one ones only onto
    ooh or other others our ours ourselves out outside over own part people per perhaps please
    poor possibly ps put quite rather re really ring said same say saying says see seen send
    sent seven several shall she she'd she'll she's shes should shouldn't shouldnt since six
    so some somebody someone something sometimes somewhere soon sorry still such sure take
    taken takes taking talk tell telling ten thank thanks that that's thats the their theirs
    them themselves then there there's theres these they they'd they'll they're they've theyre
    theyve thing things think this those though three through till time times to today
    together told tomorrow tonight too took toward towards tried try trying two u under unless
    until up upon ur us use used using usually very via visit vs wait waiting wanna want
    wanted wants was wasn't wasnt way we we'd we'll we're we've week weeks well went were
    weren't werent weve what what's whatever whats when where where's wheres whether which
    while who who'd who's whoever whole whom whose why with within without won't wont work
    worked working works worse worst would wouldn't wouldnt x xx xxx year years yes yesterday
    yet you you'd you'll you're you've young your youre yours yourself yourselves youve"""
)
NEVER = FUNCTION | KIN | _w(
    """apr aug dec feb fri friday jan jul jun mar mon monday nov oct pm sat saturday sep sept sun
    sunday thu thur thurs thursday tue tues tuesday wed wednesday weds"""
)
