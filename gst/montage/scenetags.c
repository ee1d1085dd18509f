/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <string.h>

#include <gst/montage/scene-private.h>

/* Everything that a model may say of a picture, and what people say when they
 * mean it. A word of many things ("animals") stands at each of them, since a
 * picture of a dog is one of an animal, whichever of the two the model says. */

#define PEOPLE " people persons human humans mensch menschen leute personen "
#define ANIMALS " animals tier tiere "
#define WATER " wasser "
#define VEHICLES " vehicle vehicles fahrzeug fahrzeuge "
#define BUILDINGS " buildings gebaeude "
#define NATURE " nature natur landscape landscapes landschaft landschaften "
#define SPORTS " sports sport athletes sportler "

static const struct
{
  const gchar *tag;
  const gchar *words; /* folded, between spaces */
} tags[] = {
    {"person", PEOPLE "someone somebody jemand "},
    {"man", PEOPLE " men guy guys mann maenner "},
    {"woman", PEOPLE " women lady ladies frau frauen "},
    {"child",
        PEOPLE " children kid kids boy boys girl girls kind kinder junge "
               "jungen maedchen "},
    {"baby", PEOPLE " babies babys toddler toddlers "},
    {"couple", PEOPLE " couples paar paare "},
    {"family", PEOPLE " families familie familien "},
    {"group", PEOPLE " groups friends team teams gruppe gruppen freunde "},
    {"crowd",
        PEOPLE " crowds masses audience menge menschenmenge menschenmengen "
               "menschenmassen publikum zuschauer "},
    {"face", " faces portrait portraits gesicht gesichter "},
    {"hands", " hand haende "},
    {"talking",
        " talk talks speaking speak conversation conversations dialogue "
        "interview reden redet geredet sprechen spricht gesprochen gespraech "
        "gespraeche "},
    {"laughing",
        " laugh laughs smile smiles smiling laughter lachen lacht gelacht "
        "laecheln lachende "},
    {"crying", " cry cries tears weinen weint geweint traenen "},
    {"kissing", " kiss kisses kuss kuesse kuessen kuesst gekuesst "},
    {"hugging", " hug hugs umarmen umarmung umarmungen umarmt "},
    {"dancing",
        " dance dances dancer dancers tanz tanzen tanzt getanzt "
        "taenzer taenzerin "},
    {"singing",
        " sing sings singer singers singen singt gesungen saenger "
        "saengerin "},
    {"eating", " eat eats meal meals essen isst gegessen mahlzeit "},
    {"drinking", " drink drinks trinken trinkt getrunken "},
    {"cooking", " cook cooks kochen kocht gekocht "},
    {"playing", " play plays spielen spielt gespielt spielende "},
    {"working", " work works worker workers arbeit arbeiten arbeitet "},
    {"sleeping", " sleep sleeps schlafen schlaeft geschlafen "},
    {"walking",
        " walk walks strolling gehen geht spazieren spaziergang wandern "
        "hiking "},
    {"running", SPORTS " run runs runner runners rennen rennt laufen laeuft "},
    {"jumping", SPORTS " jump jumps springen springt sprung spruenge "},
    {"climbing", SPORTS " climb climber climbers klettern klettert "},
    {"swimming",
        SPORTS " swim swims swimmer swimmers schwimmen schwimmt "
               "baden "},
    {"diving", SPORTS " dive dives diver tauchen taucht "},
    {"surfing", SPORTS " surf surfer surfers surfen surft "},
    {"skiing",
        SPORTS " ski skier skiers snowboard snowboarding skifahren "
               "skifahrer "},
    {"skateboarding", SPORTS " skate skater skaters skateboard "},
    {"ball_game",
        SPORTS " football soccer basketball tennis volleyball ball fussball "
               "handball "},
    {"driving", " drive drives ride riding fahren faehrt fahrt fahrten "},
    {"flying", " fly flies fliegen fliegt flug "},
    {"fighting",
        " fight fights battle battles kampf kaempfe kaempfen kaempft "
        "pruegelei "},
    {"explosion", " explosions exploding explosionen "},
    {"celebrating",
        " celebration party parties feier feiern feiert gefeiert fest "},
    {"wedding", " weddings bride groom hochzeit hochzeiten braut "},
    {"concert", " concerts band bands gig konzert konzerte buehne stage "},
    {"instrument",
        " instruments guitar piano drums violin instrumente gitarre klavier "
        "schlagzeug geige "},
    {"dog", ANIMALS " dogs puppy puppies hund hunde welpe welpen "},
    {"cat", ANIMALS " cats kitten kittens katze katzen "},
    {"horse", ANIMALS " horses pferd pferde "},
    {"bird", ANIMALS " birds vogel voegel "},
    {"fish", ANIMALS " fishes fische "},
    {"insect",
        ANIMALS " insects butterfly butterflies bee bees insekt insekten "
                "schmetterling schmetterlinge biene bienen "},
    {"animal", ANIMALS " creature creatures "},
    {"car", VEHICLES " cars auto autos wagen pkw "},
    {"truck", VEHICLES " trucks bus buses lastwagen lkw busse "},
    {"motorcycle",
        VEHICLES " motorcycles motorbike motorbikes motorrad "
                 "motorraeder "},
    {"bicycle",
        VEHICLES " bicycles bike bikes cyclist cyclists cycling fahrrad "
                 "fahrraeder rad raeder radfahrer "},
    {"train", VEHICLES " trains zug zuege bahn "},
    {"plane",
        VEHICLES " planes airplane airplanes aircraft helicopter flugzeug "
                 "flugzeuge hubschrauber "},
    {"boat", VEHICLES " boats ship ships boot boote schiff schiffe "},
    {"traffic", " verkehr "},
    {"indoors", " indoor inside interior innen drinnen innenraum "},
    {"outdoors", " outdoor outside draussen aussen "},
    {"city", BUILDINGS " cities town towns urban skyline stadt staedte "},
    {"street", " streets road roads strasse strassen "},
    {"building", BUILDINGS " architecture architektur "},
    {"house", BUILDINGS " houses home haus haeuser "},
    {"ruin", BUILDINGS " ruins castle castles ruine ruinen burg schloss "},
    {"room", " rooms kitchen office bedroom zimmer kueche buero raum "},
    {"factory",
        " factories machine machines fabrik fabriken maschine "
        "maschinen "},
    {"sea",
        WATER NATURE " water ocean oceans wave waves meer ozean see welle "
                     "wellen "},
    {"beach", NATURE " beaches coast shore strand straende kueste "},
    {"lake", WATER NATURE " water lakes see seen "},
    {"river",
        WATER NATURE " water rivers stream streams waterfall waterfalls fluss "
                     "fluesse bach wasserfall wasserfaelle "},
    {"underwater", WATER " water unterwasser "},
    {"mountain",
        NATURE " mountains hill hills rock rocks berg berge gebirge fels "
               "felsen huegel "},
    {"forest", NATURE " forests wood woods wald waelder "},
    {"tree", NATURE " trees baum baeume "},
    {"flower", NATURE " flowers blossom blossoms blume blumen bluete blueten "},
    {"meadow",
        NATURE " meadows field fields grass wiese wiesen feld felder gras "},
    {"desert", NATURE " deserts dunes sand wueste wuesten duenen "},
    {"garden", " gardens park parks garten gaerten "},
    {"sky", NATURE " cloud clouds skies himmel wolke wolken "},
    {"sunset",
        " sunsets sunrise sunrises dusk dawn sonnenuntergang "
        "sonnenuntergaenge sonnenaufgang "},
    {"sun", " sunny sunshine sonne sonnig sonnenschein "},
    {"night", " nights dark nacht naechte nachts dunkel "},
    {"snow", " snowy ice schnee eis verschneit "},
    {"rain", " rainy storm storms regen sturm gewitter regnet "},
    {"fog", " foggy mist smoke nebel rauch neblig "},
    {"fire", " fires flame flames campfire feuer flamme flammen lagerfeuer "},
    {"fireworks", " firework feuerwerk feuerwerke "},
    {"lights", " light neon lichter licht "},
    {"food", " dish dishes fruit speise speisen gericht obst "},
    {"screen", " screens computer phone monitor bildschirm handy "},
    {"text", " title titles caption captions sign signs schrift titel "},
    {"logo", " logos "},
    {"animation", " animated cartoon cartoons zeichentrick animiert "},
    {"video_game", " game games gameplay videospiel videospiele "},
    {"aerial", " drone drones luftaufnahme luftaufnahmen drohne drohnen "},
    {"detail",
        " details closeup closeups macro makro nahaufnahme "
        "nahaufnahmen "},
    {"empty", " blank black leer schwarz "},
};

const gchar *const *
gst_montage_scene_tags (void)
{
  static const gchar *list[G_N_ELEMENTS (tags) + 1];
  static gsize once = 0;

  if (g_once_init_enter (&once)) {
    for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
      list[i] = tags[i].tag;
    g_once_init_leave (&once, 1);
  }
  return list;
}

gboolean
gst_montage_scene_tag_means (const gchar *tag, const gchar *word)
{
  g_autofree gchar *between = g_strconcat (" ", word, " ", NULL);

  if (strcmp (tag, word) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (strcmp (tags[i].tag, tag) == 0)
      return strstr (tags[i].words, between) != NULL;
  return FALSE;
}
