"""The words a caption uses for WordNet's classes and concepts, where the first word there won't do."""

SPOKEN = {
    "Airedale": "Airedale terrier",
    "Angora": "Angora rabbit",
    "ashcan": "trash can",
    "barrow": "wheelbarrow",
    "basset": "basset hound",
    "beach wagon": "station wagon",
    "cab": "taxi",
    "cairn": "cairn terrier",
    "cellular telephone": "mobile phone",
    "chow": "chow chow",
    "clumber": "clumber spaniel",
    "coho": "coho salmon",
    "colobus": "colobus monkey",
    "file": "file cabinet",
    "hand blower": "hair dryer",
    "hip": "rose hip",
    "hotdog": "hot dog",
    "ice bear": "polar bear",
    "ice lolly": "popsicle",
    "jean": "blue jean",
    "jersey": "T-shirt",
    "jinrikisha": "rickshaw",
    "Lhasa": "Lhasa apso",
    "liner": "ocean liner",
    "monarch": "monarch butterfly",
    "notebook": "notebook computer",
    "organ": "pipe organ",
    "Pembroke": "Pembroke Welsh corgi",
    "pick": "plectrum",
    "plane": "carpenter's plane",
    "pot": "flowerpot",
    "puffer": "pufferfish",
    "racer": "race car",
    "ringlet": "ringlet butterfly",
    "rule": "ruler",
    "sax": "saxophone",
    "tank": "army tank",
    "teddy": "teddy bear",
    "thatch": "thatched roof",
    "titi": "titi monkey",
    "upright": "upright piano",
    "vacuum": "vacuum cleaner",
    "washer": "washing machine",
}
"""Classes whose first word means something else to most people, or little; each has the other word in WordNet too."""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split("|"))


PLURAL = {"blue jean": "blue jeans", "pajama": "pajamas", "maraca": "maracas"}
"""What comes in pairs though WordNet has it in the singular."""

WITHOUT_ARTICLE = _words(
    """binoculars | parallel bars | sunglasses | swimming trunks | blue jeans | pajamas | maracas | hay | corn
    | rapeseed | velvet | wool | dough | eggnog | red wine | guacamole | carbonara | chocolate sauce | consomme
    | mashed potato
    | broccoli | cauliflower | head cabbage | ice cream | chain mail | face powder | hair spray | lotion | sunscreen
    | toilet tissue | espresso | coral fungus"""
)
"""Names of what can't be counted, or is a plural."""

OTHER_ARTICLES = {"unicycle": "a", "European fire salamander": "a", "European gallinule": "a", "hourglass": "an"}
"""Where the first letter doesn't tell how a name begins when spoken."""

UNSAID = _words(
    """New World monkey | Old World monkey | Sennenhunde | agamid | ambystomid | anapsid | angiosperm | anseriform bird
    | anthozoan | aquatic vertebrate | beating-reed instrument | bovid | canine | cartilaginous fish | chelonian
    | chordate | coelenterate | colubrid snake | communication system | consumer goods | conveyance | coraciiform bird
    | corvine bird | course | cruciferous vegetable | cyprinid | cypriniform fish | dictyopterous insect | diapsid
    | double-reed instrument | durables | edentate | elapid | elasmobranch | electro-acoustic transducer | establishment
    | even-toed ungulate | flavorer | framework | free-reed instrument | gallinaceous bird
    | ganoid | gear | gymnastic apparatus
    | homopterous insect | housing | hymenopterous insect | iguanid | ingredient | lagomorph | lamellicorn beetle
    | lepidopterous insect | leporid | mechanism | mercantile establishment | metatherian | monotreme | movable barrier
    | musteline mammal | obstruction | odd-toed ungulate | odonate | orthopterous insect | oscine | passerine
    | percoid fish | peripheral | phasianid | piciform bird | place of business | placental | plant organ | proboscidean
    | procyonid | prototherian | reproductive structure | reservoir | restraint | saurian | scarabaeid beetle
    | self-propelled vehicle | soft-finned fish | solanaceous vegetable | spermatophyte | spiny-finned fish | starches
    | support | system | teleost fish | transducer | vascular plant | vertebrate | viverrine | ware | white goods"""
)
"""Concepts for which people at home have no word; a caption takes the next broader one."""
