/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lexicon.h"

#include <string.h>

/* Lists are words parted by single spaces. */
static const gchar *const lists[GST_MONTAGE_N_WORD_LISTS] = {
    [GST_MONTAGE_WORDS_STOP_ENGLISH] =
        "a about above across actually add after again all also am and any "
        "are around as at away back be because been before being between both "
        "but by can clip clips could create cut cuts cutting did do does "
        "doing done dont down during each edit edited editing else enough "
        "every everything few first footage for from full get give gives "
        "giving go goes going gonna good got great had has have having he "
        "hello her here hey hi him his how i id if ill im into is isnt it its "
        "ive just keep kind know last length let lets like little look "
        "looking looks lot lots love made make makes making many maybe me "
        "more most movie movies much music my need needs new nice no not now "
        "of off often ok okay on once one only or other our out over own pace "
        "paced pacing part parts per piece please possible pretty put quite "
        "rather really right same say scene scenes see set shall she should "
        "show shot shots some somehow something song sort start such take "
        "takes tempo than thank thanks that the their them then there these "
        "they thing things think this those through thru time to together too "
        "total touch track transition transitions try under until up us use "
        "used using very vibe vibes video videos want wants was we well were "
        "what when where which while who whole will wish with within without "
        "would yes you your yours feel feeling mood tone style styled effect "
        "effects picture pictures image images color colors colour colours "
        "turn apply bring it's thats arent wont never none nor neither "
        "however instead cool awesome fresh fitting matching according "
        "duration long lasting way overall rhythm beat beats minutes seconds "
        "cinema rest usual normal entire ending end beginning beginnings "
        "middle approximately roughly clean must mix mixture later everywhere "
        "towards nothing big fine otherwise leave said "
        "preferably prefer preferred overly anything sometimes occasionally "
        "mostly mainly especially always everybody everyone another next "
        "whenever wherever generally simply tad plenty several various onto "
        "toward cannot cant theres choose pick photo photos single becomes "
        "gets ones",
    [GST_MONTAGE_WORDS_STOP_GERMAN] =
        "aber alle allem allen aller alles als am an andere anderen arbeite "
        "auch auf aufnahme aufnahmen aus bei beim bild bilder bildern bin bis "
        "bisschen bitte brauche brauchen da dabei dafuer damit dann daraus "
        "darf das dass davon dazu dein deine dem den denen der des dessen "
        "dich die dies diese diesem diesen dieser dieses dir doch dort du "
        "durch ein eine einem einen einer eines einfach einige einmal er "
        "erstelle es etwas euch euer farbe farben filmchen filme filmen fuer "
        "gar ganz ganze ganzen ganzer gefuehl gerne gern gibt gut gute guten "
        "guter hab habe haben haette hallo hat hier ich ihm ihn ihnen ihr "
        "ihre im immer ins ist ja je jede jeden jeder jedes jetzt kann kannst "
        "kein keine keinen keiner klips koennen koennte koennten koenntest "
        "laenge lang lass lasse lied los mach mache machen machst mal man "
        "mehr mein meine meinem meinen meiner meines mich mir mit moechte "
        "moechten moeglichst musik muss nach nicht nichts noch nun nur ob "
        "oder ohne sache schneide schneiden schnitt schnitte schnitten "
        "geschnitten schnittes schon schoen schoene schoenen schoener "
        "schoenes sehr sein seine sich sie sind so soll sollen sollte sollten "
        "stil stils stimmung stueck szene szenen takt teil teile toll tolle "
        "tolles ueber uebergaenge uebergaengen uebergang um und uns unser "
        "unsere unserem unseren unseres unter video viel viele vielen vielleicht vom "
        "von vor waere war was wenn wer werden wie wieder will wir wird "
        "wirken wirkt wollen wuerde wuerden wuensche zeit zu zum zur zwischen "
        "zusammen zusammenschnitt danke durchgehend insgesamt hin her rein "
        "raus dauer dauern dauert sondern ansonsten weg voller unserer zeigen "
        "beginnen enden lange langen langer langes rauf runter ueberall "
        "vorher vorhin davor lassen bleibt behalte moeglich geht gehts willst "
        "magst art weise look wirkung clips eher ziemlich besonders richtig "
        "mindestens hoechstens maximal laenger kuerzer ungefaehr circa etwa "
        "daran darauf sonst ueblich gewohnt bisher werdend werdende mischung "
        "schlag schlaege beat sekunden minuten rhythmus anfang beginn ende "
        "schluss mitte anfangs dieselbe selbe weder statt anstatt material "
        "videomaterial clip videos "
        "lieber bloss allzu fall neu neue neuer neues neuen knapp rund "
        "reicht reichen manchmal meistens hauptsache halten gehalten kommen "
        "kommt gesamte gesamten hinterlegt jedenfalls natuerlich unbedingt "
        "nochmal bevorzugt vorzugsweise hochkant foto fotos einzige "
        "einzigen einzelne einzelnen wirklich genau passend passende "
        "geworden eben halt bitteschoen waehle nimm nehmen verwende benutze "
        "drin dran ineinander aneinander euren eure ihren ihrer deinen "
        "weitere ausserdem eigentlich immerhin insbesondere vorallem zeige "
        "gezeigt",
    [GST_MONTAGE_WORDS_STOP_BOTH] =
        "film films in montage so video clip tempo intro cut cuts song party "
        "effekt effekte effekten an pro per max min ca okay ok s",
    [GST_MONTAGE_WORDS_NEGATION] =
        "no not nothing nichts without never dont doesnt arent isnt avoid "
        "avoiding skip minus neither nor kein keine keinen keiner keinem "
        "keinerlei nicht ohne nie niemals weder vermeide vermeiden statt "
        "anstatt instead wont shouldnt mustnt drop nix remove "
        "keinesfalls keineswegs nimmer hate dislike omit forgo verzichte "
        "verzichten verzicht nobody niemand",
    [GST_MONTAGE_WORDS_NEGATION_AFTER] = "nicht keine kein keinen off weg aus",
    [GST_MONTAGE_WORDS_CONTRAST] =
        "but aber sondern however jedoch doch with mit then dann dafuer "
        "rather though allerdings just only nur",
    [GST_MONTAGE_WORDS_AND] = "and und plus sowie",
    [GST_MONTAGE_WORDS_OR] = "or nor oder noch",
    [GST_MONTAGE_WORDS_MORE] =
        "very extremely super ultra really insanely incredibly absolutely "
        "totally highly strongly strong heavy heavily much so sehr extrem "
        "richtig total mega ganz aeusserst stark starke starken besonders "
        "staerker stronger deutlich wesentlich clearly considerably "
        "significantly wahnsinnig unglaublich viel ueberaus",
    [GST_MONTAGE_WORDS_LESS] =
        "bit slightly somewhat little lightly subtle subtly mildly gently "
        "softly moderately hint etwas bisschen leicht leichte leichter "
        "leichten leichtes fast beinahe wenig dezent dezente dezenten "
        "dezenter sanft sachte hauch",
    [GST_MONTAGE_WORDS_LIKE] =
        "like as la wie als stil stile style inspired angelehnt homage "
        "hommage",
    [GST_MONTAGE_WORDS_STYLE] =
        "style styled stil look maessig esque vibe vibes inspired artig",
    [GST_MONTAGE_WORDS_EVERY] =
        "every each jede jeder jedes jeden jedem alle aller",
    [GST_MONTAGE_WORDS_PER] = "per pro je a",
    [GST_MONTAGE_WORDS_BEAT] =
        "beat beats kick kicks schlag schlaege schlaegen schlags beatschlag",
    [GST_MONTAGE_WORDS_BAR] =
        "bar bars measure measures takt takte takten takts downbeat downbeats "
        "eins",
    [GST_MONTAGE_WORDS_SHOTS] =
        "shot shots clips takes take cuts scenes images pictures einstellung "
        "einstellungen schnitte schnitten szenen bilder bildern aufnahmen "
        "klips segments "
        "photos fotos photographs",
    [GST_MONTAGE_WORDS_SHOT] =
        "clip scene cut image picture schnitt szene bild aufnahme klip "
        "segment "
        "photo foto",
    [GST_MONTAGE_WORDS_FADES] =
        "fade fades crossfade crossfades dissolve dissolves blende blenden "
        "ueberblendung ueberblendungen transition transitions uebergang "
        "uebergaenge uebergaengen",
    [GST_MONTAGE_WORDS_INTRO] =
        "intro opening einleitung vorspann anfang beginning start "
        "beginn einstieg auftakt",
    [GST_MONTAGE_WORDS_LINK] =
        "of from with for about around roughly ca circa approximately at is "
        "are should be last lasts lasting long than as von mit zu je a ueber "
        "etwa ungefaehr rund sollen sollten soll sollte sind ist dauern "
        "dauert dauer haben has have each jeweils als fuer lang length the",
    [GST_MONTAGE_WORDS_AT_LEAST] =
        "least mindestens minimum wenigstens min minimal over above ueber",
    [GST_MONTAGE_WORDS_AT_MOST] =
        "most hoechstens maximal max maximum under unter below within bis",
    [GST_MONTAGE_WORDS_LONGER] = "longer more laenger mehr verlaengern extend",
    [GST_MONTAGE_WORDS_SHORTER] =
        "shorter less kuerzer weniger kuerzen shorten",
    [GST_MONTAGE_WORDS_TO] = "to bis and und or oder",
    [GST_MONTAGE_WORDS_POINT] =
        "at from after first last before ab bei nach erste ersten letzte "
        "letzten vor seit starting until by erster letzter final",
    [GST_MONTAGE_WORDS_DECADE] =
        "style styled look vibe vibes vhs feeling feel film movie retro "
        "nostalgia aesthetic aesthetics video jahre jahren stil er vintage "
        "inspired charme flair",
    [GST_MONTAGE_WORDS_WHEN] =
        "when whenever where wherever if while wenn falls sobald wo sooft",
    [GST_MONTAGE_WORDS_ON] = "on during bei beim auf waehrend",
    [GST_MONTAGE_WORDS_DURING] =
        "in at for throughout towards im am zum fuer gegen "
        "zu",
    [GST_MONTAGE_WORDS_BEGIN] =
        "start starts starting begin begins beginning opens anfangen anfaengt "
        "beginnen beginnt starten startet losgehen losgeht",
    [GST_MONTAGE_WORDS_END] =
        "end ending finish finale climax ende schluss hoehepunkt",
    [GST_MONTAGE_WORDS_MUSIC] =
        "music song track beat beats bass drum drums drop drops chorus verse "
        "bridge melody guitar vocals singing sings loud louder musik lied "
        "refrain strophe gesang gesungen gitarre trommel trommeln schlagzeug "
        "laut lauter melodie takt",
    [GST_MONTAGE_WORDS_TOO] = "too overly zu allzu",
    [GST_MONTAGE_WORDS_MUCH] = "much many viel viele vielen",
    [GST_MONTAGE_WORDS_FEWER] = "less fewer weniger",
    [GST_MONTAGE_WORDS_MIDDLE] = "middle mitte mittelteil hauptteil",
    [GST_MONTAGE_WORDS_AWAY] = "raus weg",
    [GST_MONTAGE_WORDS_PERSON] = "me us him her them mir uns ihm ihr ihnen",
    [GST_MONTAGE_WORDS_QUIET] =
        "quiet quieter calm calmer slow soft softer gentle ruhig ruhige "
        "ruhigen ruhiger leise leisen leiser langsam langsamen still stillen",
    [GST_MONTAGE_WORDS_ARTICLE] = "a an ein eine einen einem einer",
    [GST_MONTAGE_WORDS_COMPARED] =
        "als bitte und aber werden sein machen mach schneiden geschnitten "
        "soll sollte im bei than towards at in am gegen zum please and but "
        "then",
    [GST_MONTAGE_WORDS_SHOWN] =
        "see seen sees visible appear appears appearing shown shows screen "
        "frame picture there somewhere sehen sieht bild bilder zeigen gezeigt "
        "zeigst sichtbar vorkommen vorkommt auftauchen auftaucht erscheint "
        "erscheinen bleiben bleib scene scenes shot shots szene szenen",
};

const GstMontageWordValue gst_montage_lexicon_numbers[] = {
    {"half", 0.5},
    {"halbe", 0.5},
    {"halben", 0.5},
    {"halbes", 0.5},
    {"one", 1},
    {"ein", 1},
    {"eine", 1},
    {"einen", 1},
    {"einer", 1},
    {"einem", 1},
    {"eins", 1},
    {"anderthalb", 1.5},
    {"anderthalbe", 1.5},
    {"eineinhalb", 1.5},
    {"einundeinhalb", 1.5},
    {"two", 2},
    {"zwei", 2},
    {"zwo", 2},
    {"couple", 2},
    {"zweieinhalb", 2.5},
    {"three", 3},
    {"drei", 3},
    {"dreieinhalb", 3.5},
    {"four", 4},
    {"vier", 4},
    {"viereinhalb", 4.5},
    {"five", 5},
    {"fuenf", 5},
    {"six", 6},
    {"sechs", 6},
    {"seven", 7},
    {"sieben", 7},
    {"eight", 8},
    {"acht", 8},
    {"nine", 9},
    {"neun", 9},
    {"ten", 10},
    {"zehn", 10},
    {"eleven", 11},
    {"elf", 11},
    {"twelve", 12},
    {"zwoelf", 12},
    {"thirteen", 13},
    {"dreizehn", 13},
    {"fourteen", 14},
    {"vierzehn", 14},
    {"fifteen", 15},
    {"fuenfzehn", 15},
    {"sixteen", 16},
    {"sechzehn", 16},
    {"seventeen", 17},
    {"siebzehn", 17},
    {"eighteen", 18},
    {"achtzehn", 18},
    {"nineteen", 19},
    {"neunzehn", 19},
    {"twenty", 20},
    {"zwanzig", 20},
    {"thirty", 30},
    {"dreissig", 30},
    {"forty", 40},
    {"vierzig", 40},
    {"fifty", 50},
    {"fuenfzig", 50},
    {"sixty", 60},
    {"sechzig", 60},
    {"seventy", 70},
    {"siebzig", 70},
    {"eighty", 80},
    {"achtzig", 80},
    {"ninety", 90},
    {"neunzig", 90},
    {NULL, 0},
};

/* Rather half a wish than a whole one where only a comparative says it. */
const GstMontageWordValue gst_montage_lexicon_wishes[] = {
    {"more of", 0.5},
    {"more", 0.5},
    {"lots of", 0.5},
    {"a lot of", 0.5},
    {"plenty of", 0.5},
    {"many", 0.5},
    {"mehr von", 0.5},
    {"mehr vom", 0.5},
    {"mehr", 0.5},
    {"viel von", 0.5},
    {"viel vom", 0.5},
    {"viele", 0.5},
    {"viel", 0.5},
    {"oefter", 0.5},
    {"mostly", 1},
    {"mainly", 1},
    {"only", 1},
    {"just", 1},
    {"focus on", 1},
    {"focussing on", 1},
    {"focusing on", 1},
    {"concentrate on", 1},
    {"vor allem", 1},
    {"hauptsaechlich", 1},
    {"ueberwiegend", 1},
    {"nur", 1},
    {"fokus auf", 1},
    {"konzentriere dich auf", 1},
    {"konzentrier dich auf", 1},
    {"too many", -0.5},
    {"too much", -0.5},
    {"zu viel", -0.5},
    {"zu viele", -0.5},
    {"less of", -0.5},
    {"less", -0.5},
    {"fewer", -0.5},
    {"not so much of", -0.5},
    {"weniger von", -0.5},
    {"weniger vom", -0.5},
    {"weniger", -0.5},
    {"nicht so viel von", -0.5},
    {"nicht so viel", -0.5},
    {"nicht so viele", -0.5},
    {"no more", -1},
    {"no", -1},
    {"without any", -1},
    {"without", -1},
    {"avoid", -1},
    {"skip", -1},
    {"remove", -1},
    {"drop", -1},
    {"leave out", -1},
    {"cut out", -1},
    {"get rid of", -1},
    {"hide", -1},
    {"never show", -1},
    {"dont show", -1},
    {"do not show", -1},
    {"kein", -1},
    {"keine", -1},
    {"keinen", -1},
    {"keinerlei", -1},
    {"ohne", -1},
    {"vermeide", -1},
    {"zeig nicht", -1},
    {"zeige nicht", -1},
    {NULL, 0},
};

const GstMontageWordValue gst_montage_lexicon_ordinals[] = {
    {"half", 0.5},
    {"halben", 0.5},
    {"halbe", 0.5},
    {"single", 1},
    {"einzelnen", 1},
    {"einzelne", 1},
    {"first", 1},
    {"ersten", 1},
    {"other", 2},
    {"second", 2},
    {"nd", 2},
    {"zweite", 2},
    {"zweiten", 2},
    {"zweiter", 2},
    {"zweites", 2},
    {"third", 3},
    {"dritte", 3},
    {"dritten", 3},
    {"fourth", 4},
    {"vierte", 4},
    {"vierten", 4},
    {"viertes", 4},
    {"vierter", 4},
    {"eighth", 8},
    {"achte", 8},
    {"achten", 8},
    {"sixteenth", 16},
    {"sechzehnte", 16},
    {"sechzehnten", 16},
    {NULL, 0},
};

const GstMontageWordValue gst_montage_lexicon_units[] = {
    {"s", 1},
    {"sec", 1},
    {"secs", 1},
    {"second", 1},
    {"seconds", 1},
    {"sek", 1},
    {"sekunde", 1},
    {"sekunden", 1},
    {"sekuendig", 1},
    {"sekuendige", 1},
    {"sekuendiger", 1},
    {"sekuendiges", 1},
    {"sekuendigen", 1},
    {"min", 60},
    {"mins", 60},
    {"minute", 60},
    {"minutes", 60},
    {"minuten", 60},
    {"minuetig", 60},
    {"minuetige", 60},
    {"minuetiger", 60},
    {"minuetiges", 60},
    {"minuetigen", 60},
    {"h", 3600},
    {"hour", 3600},
    {"hours", 3600},
    {"stunde", 3600},
    {"stunden", 3600},
    {NULL, 0},
};

static gboolean
is_ending (const gchar *text)
{
  static const gchar *const endings[] = {"", "s", "e", "n", "en", "er", "es",
      "em"};
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_equal (text, endings[i]))
      return TRUE;
  return FALSE;
}

gboolean
gst_montage_lexicon_word_matches (const gchar *pattern, gsize length,
    const gchar *word)
{
  gboolean exact = pattern[0] == '=';
  gboolean plural = length > 0 && pattern[length - 1] == '+';
  gsize n = length - (exact ? 1 : 0) - (plural ? 1 : 0);

  pattern += exact ? 1 : 0;
  if (n == 0 || word[0] != pattern[0] || strncmp (word, pattern, n) != 0)
    return FALSE;
  word += n;
  if (*word == '\0')
    return TRUE;
  if (plural)
    return g_str_equal (word, "s");
  return !exact && n >= 4 && is_ending (word);
}

gboolean
gst_montage_lexicon_list_has (GstMontageWordList list, const gchar *word)
{
  gsize n = strlen (word);
  const gchar *p = lists[list];

  if (n == 0)
    return FALSE;
  while ((p = strstr (p, word)) != NULL) {
    gboolean starts = p == lists[list] || p[-1] == ' ';

    if (starts && (p[n] == ' ' || p[n] == '\0'))
      return TRUE;
    p += n;
  }
  return FALSE;
}

gboolean
gst_montage_lexicon_value (const GstMontageWordValue *table, const gchar *word,
    gdouble *value)
{
  for (; table->word; table++)
    if (g_str_equal (table->word, word)) {
      *value = table->value;
      return TRUE;
    }
  return FALSE;
}
