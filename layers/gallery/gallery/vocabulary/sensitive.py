"""Classes that must not be guessed: where the guess is wrong, their names shame who is in the picture.

Each of the thousand classes of ImageNet was gone through. Those listed here are named, as a label or in a caption, only
where the model is certain; a search finds them only by words that mean them; and they stand in the index of labels
only where an owner wrote them. What the model saw is stored all the same.
"""

from collections.abc import Mapping

CERTAIN = 0.95
"""Probability from which a listed class is named.

Of 1100 labelled photographs a compiled ResNet50 gave listed classes at least as much 47 times, each time rightly; at
0.75 to 0.9 a fifth of such guesses was wrong.
"""

SENSITIVE: Mapping[str, Mapping[str, str]] = {
    "reads as a part of the body, or as a vulgar word for one": {
        "n03825788": "nipple",
        "n12620546": "hip",
        "n13133613": "ear",
        "n03804744": "nail",
        "n01514668": "cock",
    },
    "underwear, nightwear and swimwear: says how little somebody wears": {
        "n02892767": "brassiere",
        "n02837789": "bikini",
        "n03710637": "maillot",
        "n03710721": "tank suit",
        "n04371430": "swimming trunks",
        "n04136333": "sarong",
        "n03770439": "miniskirt",
        "n03188531": "diaper",
        "n02807133": "bathing cap",
        "n02808304": "bath towel",
        "n03877472": "pajama",
    },
    "a weapon, or what goes with one: says that somebody is armed": {
        "n02749479": "assault rifle",
        "n04090263": "rifle",
        "n04086273": "revolver",
        "n02879718": "bow",
        "n02950826": "cannon",
        "n03773504": "missile",
        "n04008634": "projectile",
        "n03527444": "holster",
        "n04141327": "scabbard",
        "n02916936": "bulletproof vest",
        "n03424325": "gasmask",
    },
    "punishment and restraint: says that somebody is guilty, or is held like an animal": {
        "n03467068": "guillotine",
        "n03977966": "police van",
        "n03803284": "muzzle",
    },
    "drugs, alcohol, tobacco or a tool for them: says that somebody takes them": {
        "n04376876": "syringe",
        "n03937543": "pill bottle",
        "n02823428": "beer bottle",
        "n04591713": "wine bottle",
        "n07892512": "red wine",
        "n04579145": "whiskey jug",
        "n03666591": "lighter",
        "n04443257": "tobacco shop",
    },
    "what belongs to a toilet: says that somebody, or what they have made, is dirt": {
        "n04447861": "toilet seat",
        "n15075141": "toilet tissue",
        "n03970156": "plunger",
    },
    "an aid of the ill: tells of somebody's health": {
        "n02786058": "Band Aid",
        "n03141823": "crutch",
        "n03814639": "neck brace",
        "n03868863": "oxygen mask",
        "n04336792": "stretcher",
    },
    "false hair or a covered face: says that somebody's looks are not their own, or of which religion they are": {
        "n03724870": "mask",
        "n04229816": "ski mask",
        "n04584207": "wig",
        "n02667093": "abaya",
    },
    "apes and monkeys, and animals like them: has long been said of people to deny that they are people": {
        "n02480495": "orangutan",
        "n02480855": "gorilla",
        "n02481823": "chimpanzee",
        "n02483362": "gibbon",
        "n02483708": "siamang",
        "n02484975": "guenon",
        "n02486261": "patas",
        "n02486410": "baboon",
        "n02487347": "macaque",
        "n02488291": "langur",
        "n02488702": "colobus",
        "n02489166": "proboscis monkey",
        "n02490219": "marmoset",
        "n02492035": "capuchin",
        "n02492660": "howler monkey",
        "n02493509": "titi",
        "n02493793": "spider monkey",
        "n02494079": "squirrel monkey",
        "n02497673": "Madagascar cat",
        "n02500267": "indri",
    },
    "an animal, or a breed, that is an insult when said of somebody's body": {
        "n02395406": "hog",
        "n02398521": "hippopotamus",
        "n02113978": "Mexican hairless",
    },
}
"""By the reason why it is listed, each class's WordNet id and name."""

_IDS = frozenset(wnid for classes in SENSITIVE.values() for wnid in classes)
_NAMES = frozenset(name.casefold() for classes in SENSITIVE.values() for name in classes.values())


def is_sensitive(wnid: str) -> bool:
    """Tell whether the class of this WordNet id is listed."""
    return wnid in _IDS


def names_sensitive(label: str) -> bool:
    """Tell whether a label is the name of a listed class, in whatever case."""
    return label.casefold() in _NAMES


def may_be_named(wnid: str, probability: float) -> bool:
    """Tell whether to name a class that a model sees with a probability 0…1."""
    return probability >= CERTAIN or not is_sensitive(wnid)
