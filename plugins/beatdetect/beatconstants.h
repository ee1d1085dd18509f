/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every figure of the beat analysis that is not forced by arithmetic, with
 * where it comes from. What names no other source was chosen on 30 real
 * and rendered songs with known beats and checked on generated ones. Halving or
 * doubling the tracker's costs changed their mean F by less than 0.02. */

/* Front end: the rate at which the spectral constants below hold, 100 frames
 * per second, a window of 46 ms. */
#define BEAT_RATE 44100
#define BEAT_HOP 441
#define BEAT_FPS 100
#define BEAT_WINDOW 2048

/* SuperFlux (Boeck and Widmer, DAFx 2013): 24 bands per octave, maximum filter
 * of one band each side, difference over two frames. */
#define BEAT_BANDS_PER_OCTAVE 24
#define BEAT_LOWEST_HZ 27.5
#define BEAT_HIGHEST_HZ 16000.0
#define BEAT_FLUX_LAG 2
/* log10 (1 + x) with x = 1000 for a full-scale sine. */
#define BEAT_LOG_GAIN 1000.0
/* Kick and bass; snare, hi-hat and consonant-like attacks. */
#define BEAT_LOW_HZ 150.0
#define BEAT_MIDHIGH_FROM_HZ 1500.0
#define BEAT_MIDHIGH_TO_HZ 8000.0
/* Chroma: below, a semitone is narrower than a bin of the transform. */
#define BEAT_CHROMA_FROM_HZ 200.0
#define BEAT_CHROMA_TO_HZ 4000.0
/* Timing of attacks: one-pole filters at 200 Hz and 2 kHz; power below which
 * nothing is heard (-50 dB). */
#define ATTACK_LOW_POLE 0.028f
#define ATTACK_MID_POLE 0.25f
#define ATTACK_FLOOR 1e-5f
#define ATTACK_PARTS 3   /* ninths of a frame that are heard at a time */
#define ATTACK_REACH 15  /* ninths of a frame around the onset: 17 ms */
#define ATTACK_LEAST 0.5 /* nepers, less is no attack */
/* The begin of an attack: where it rises with this share of its steepest rise,
 * at most so many ninths of a frame before; it may rise again on the way there by
 * as much of the steepest as is no attack of its own. */
#define ATTACK_BEGIN 0.1
#define ATTACK_LONGEST 18
#define ATTACK_RIPPLE 0.5
/* s; between generated clicks and drums, met 1.5 ms early, and rendered strings
 * and winds, met some 6 ms late: the mean over songs is smallest about here. */
#define ATTACK_DELAY 0.0050

/* Activation: what stands out of the mean of 1 s, relative to what stood out
 * within 4 s to each side, but never relative to near silence. */
#define BEAT_MEAN_FRAMES 50
#define BEAT_SCALE_FRAMES 400
#define BEAT_SCALE_FLOOR 0.2
/* A peak that comes every 10th frame is this many times the RMS. */
#define BEAT_PEAK_TO_RMS 3.0
/* RMS of what does not count as onsets: the ripple of a steady tone. In songs
 * the 95th percentiles of the curves are 3 to 30, 0.4 to 2 and 1 to 15. */
#define BEAT_LEAST_ALL 0.3
#define BEAT_LEAST_LOW 0.05
#define BEAT_LEAST_HIGH 0.15

/* Tempogram: autocorrelation over Hann windows of 8 s, one each second. */
#define TEMPO_WINDOW 800
#define TEMPO_HOP 100
#define TEMPO_HARMONICS 4
/* Variance of an activation without onsets; songs have 0.01 to 0.05. */
#define TEMPO_LEAST_POWER 1e-3
#define TEMPO_BINS_PER_OCTAVE 96
/* Log-normal prior of the tempo, centre and width (algorithms of van Noorden
 * and Moelants 1999, McKinney and Moelants 2004: people tap at about 120). */
#define TEMPO_PRIOR_BPM 118.0
#define TEMPO_PRIOR_OCTAVES 0.7
/* The mix that beats are tracked on. */
#define BEAT_MIX_ALL 0.6
#define BEAT_MIX_LOW 0.4
#define BEAT_MIX_HIGH 0.0

/* Pulses that are searched for, whatever level of them is the beat; a tempo that
 * the user gives is met within this factor. */
#define TEMPO_LOWEST 40.0
#define TEMPO_HIGHEST 215.0
#define BEAT_TEMPO_TOLERANCE 1.04
/* How far the beats of a tempo that is not there may be off it: less than
 * another level would be. */
#define BEAT_TEMPO_STRAY 1.2
/* Beats to each side that the local tempo is taken of. */
#define TEMPO_CURVE_BEATS 4

/* Tempo path, in units of tempogram strength per second: what a drift by one
 * bin costs, how far it may go in a second, and what any jump costs (it must
 * be better for some seconds). */
#define TEMPO_STEP_COST 0.02
#define TEMPO_MAX_STEP 6
#define TEMPO_JUMP_COST 1.0

/* Tracker: a beat is worth up to TRACK_GAIN nats, a change of the period from
 * beat to beat by the factor 1 + x costs TRACK_CHANGE * x, any change
 * TRACK_JUMP, and a period off the path by x octaves TRACK_OFF_PATH * x squared
 * (as much as TRACK_RANGE octaves cost, if it is more). */
#define TRACK_GAIN 6.0
#define TRACK_CHANGE 60.0
#define TRACK_JUMP 15.0
#define TRACK_OFF_PATH 40.0
#define TRACK_RANGE 0.3
/* Frames after which beats are settled, 2 min: with 15 s already, 65 songs (piano,
 * folk, generated bands with pauses and jumps) keep every beat. */
#define TRACK_SETTLE 12000

/* From the end of a frame's window back to the onset that peaks in it:
 * measured on generated clicks, kicks, snares, hats and plucked notes. */
#define BEAT_DELAY 0.0205

/* The curve of onsets that is told: the most of 50 ms. */
#define ACTIVATION_CURVE_FRAMES 5

/* Placing the beats between the frames. */
#define SNAP_FRAMES 3     /* how far from the tracked frame a peak counts */
#define SNAP_WEAK 0.15    /* below, there is no peak */
#define SNAP_NEIGHBOURS 8 /* beats on one line */
#define SNAP_FEWEST 4     /* fewer are no beat */
#define SNAP_ROUNDS 4     /* of the robust fit */
#define SNAP_SCALE 0.010  /* s, a residual that halves the weight */
#define SNAP_REACH 0.035  /* s, how far the line may move a beat */
#define SNAP_EDGE 0.030   /* s, how far a first beat may lie before 0 */

/* Parts of the song: weights of what a bar sounds like, beside brightness,
 * density, kick and snare of 1 each. */
#define SECTION_REGISTERS 6
#define SECTION_REGISTER_WEIGHT 2.0
#define SECTION_CHROMA_WEIGHT 2.0
#define SECTION_ENERGY_WEIGHT 2.0
/* What a part costs, by the unrest of the bars, and at least; parts are alike if
 * to join them would cost less than so many times that. Chosen on 24 generated
 * songs; on 24 others F of the boundaries is 0.95, and 0.92 to 0.96 with costs of
 * 5 and 3. Real songs of 100 bars come to some ten parts. */
#define SECTION_COST 4.0
#define SECTION_LEAST_COST 4.0
#define SECTION_ALIKE 1.0
#define SECTION_LONGEST 32 /* bars */
#define SECTION_FEWEST_BEATS 32
/* Labels, in energies 0..1: what parts differ by; below it a part is low; by how
 * much the highest part that comes back may be lower than the highest; the rise of
 * a build, and its bars. */
#define SECTION_STEP 0.08
#define SECTION_LOW 0.4
#define SECTION_AGAIN 0.35
#define SECTION_BUILD_RISE 0.12
#define SECTION_BUILD_BARS 3
#define SECTION_SHORT 4 /* bars */

/* Loudness. Less than -70 dBFS is silence, and so is what lies 50 dB under the
 * loudest 10 ms. */
#define ENVELOPE_FRAMES 10
#define AUDIBLE_POWER 5e-8
#define AUDIBLE_SHARE 1e-5

/* No beats are told of less than this, and where the period repeats less than
 * chance allows: more in short sounds. Noise and speech (27 sounds, and pieces of
 * them) stay below; of 5 s of music 96 % lie above, of 20 s 99 %. */
#define BEAT_SHORTEST_SECONDS 3.0
#define BEAT_LEAST_STRENGTH 0.085
#define BEAT_LEAST_STRENGTH_SECONDS 0.4
/* Onsets a second; songs have 1.4 and more. */
#define BEAT_LEAST_ONSETS 0.5
#define BEAT_CLEAR_ONSET 0.3
#define BEAT_SURE_STRENGTH 0.5

/* Steady tempo: looked for within 2 % of the first guess. Windows that take
 * part in it have at least this share of the mean strength, and this share of
 * the windows do. */
#define STEADY_FEEBLE 0.3
#define STEADY_PARTS 4
#define STEADY_REACH 0.02
#define STEADY_FIRST_WINDOWS 150 /* 10 min */
#define STEADY_AGREEMENT 0.85    /* songs of machines 0.96, others up to 0.75 */
#define STEADY_OFF_PATH 0.03     /* share of the period */
#define STEADY_ON_PATH 0.75      /* share of the song */
#define STEADY_PHASES 48
/* A break in the phase: frames to each side that are compared; phases that do not
 * count; gain of the correlation when one side is moved. In 11 generated bands with
 * pauses it is 0.73 and more, in the 30 songs and 157 others at most 0.40. */
#define STEADY_SIDE 1600
#define STEADY_SLACK 1
#define STEADY_BREAK 0.6

/* Level and phase of the beat: what is measured of each candidate. */
#define LEVEL_REACH 2 /* frames */
#define LEVEL_NOVELTY_FRAMES 80
#define LEVEL_MEAN_FRAMES 60
#define LEVEL_WEAK 0.1  /* activation, less is no onset */
#define LEVEL_CLEAR 0.3 /* the first onset of a song */
#define LEVEL_ONSET 0.15
#define LEVEL_FIRST_REACH 0.12 /* beats */
/* Power of what is heard, of the loudest frame's; the mean of 369 songs; by how
 * much the flux grows with the power where nothing but the gain changes, measured
 * on eight songs at 0, -6 and -12 dB: 0.12 to 0.26. */
#define LEVEL_HEARD 1e-4f
#define LEVEL_LEAST_FLUX 1e-6
#define LEVEL_LIVELY_USUAL 2.1
#define LEVEL_LIVELY_GAIN 0.2
/* Silence after which the beats may start elsewhere, the fewest beats that can tell,
 * nats for staying: of 37 generated bands that pause for .5, 1.5 or 2.5 beats, one
 * goes on wrongly instead of four. */
#define LEVEL_SILENT_FRAMES 30
#define LEVEL_PART_BEATS 12
#define LEVEL_STAY 2.0
/* What it weighs, in the order of LevelFeature: a conditional logit, by
 * tests/bench/fit-level, on the 30 songs, 210 others (pop, folk, piano, jazz,
 * games, loops, real recordings; named there) and 84 generated ones, each counting
 * once. Finished beats, five-fold, mean of five rounds: the 30 CMLt 0.858, tempo
 * right 0.900; the others 0.792, 0.836. Fitted without the collection that is
 * scored, mean of 285 songs: 0.778, 0.818; without LEVEL_HARMONY_FOUR, LEVEL_BARS
 * and LEVEL_LIVELY 0.717, 0.761. */
#define BEAT_LEVEL_WEIGHTS                                                     \
  -1.61, -0.52, 4.69, 2.14, 6.09, 2.58, -1.09, -1.12, -2.73, 1.84, -1.40,      \
      3.41, 1.01, 1.86, 5.26, 1.79

/* Live. Chosen on the 30 songs and 17 rendered ones, and checked on 146 others.
 * Of the tracker's, the tempo's and the phase's, those that were varied by a
 * quarter to a half changed the mean F by at most 0.03; LIVE_TRACK_OFF_TEMPO at
 * 1.5 and the bass alone in the mix cost 0.08 and 0.15. */
#define LIVE_HISTORY 4096     /* frames that are remembered */
#define LIVE_FIRST_FRAMES 200 /* heard before the first beat is told */
#define LIVE_EVERY_FRAMES 2
/* s before a beat at which it is told, and at which it is no longer told */
#define LIVE_LEAD 0.2
#define LIVE_LEAST_LEAD 0.05
/* s that the curves, read by frames, are late: the median of generated bands. */
#define LIVE_LATE 0.0095
/* Frames after which it is looked anew where the beats lie. */
#define LIVE_LOOK_FRAMES 20
/* Where the period repeats less there are no beats, and more is asked of short
 * sounds; less of what goes on. Onsets a second, lately: of pads up to 1.0, of noise
 * 9 to 16; 97 % of 5 s of music lie between. */
#define LIVE_LEAST_STRENGTH 0.12
#define LIVE_LEAST_STRENGTH_SECONDS 0.12
#define LIVE_KEEP_STRENGTH 0.085
#define LIVE_ONSET_FRAMES 500
#define LIVE_LEAST_ONSETS 1.1
#define LIVE_MOST_ONSETS 10.0
#define LIVE_APART 0.6            /* periods between two beats at least */
#define LIVE_ALIKE 0.06           /* share of the period */
#define LIVE_TEMPO_TOLERANCE 0.04 /* of a tempo that is given */
/* What beats are tracked on. */
#define LIVE_MIX_ALL 0.6
#define LIVE_MIX_LOW 0.4
/* Tempo: an autocorrelation that forgets by this many frames; how many frames
 * it lacks to be trusted by half. */
#define LIVE_TEMPO_FRAMES 600
#define LIVE_TEMPO_LAGS 512
#define LIVE_TEMPO_LEAST_POWER 3e-3
#define LIVE_TEMPO_SHRINK 50
#define LIVE_TEMPO_EVERY 10
#define LIVE_MOST_PERIODS 200
/* Tracker, as TRACK_ above; all in units of LIVE_TRACK_UNIT frames. A period
 * changes by at most a LIVE_TRACK_REACHth from beat to beat. */
#define LIVE_TRACK_GAIN 6.0
#define LIVE_TRACK_CHANGE 60.0
#define LIVE_TRACK_JUMP 30.0
#define LIVE_TRACK_OFF_TEMPO 4.0
#define LIVE_TRACK_UNIT 50
#define LIVE_TRACK_REACH 8
#define LIVE_TRACK_RATE_FRAMES 400
#define LIVE_TRACK_MOST 1e4f
/* Change of harmony: from the frames before to those after. */
#define LIVE_CHROMA_BEFORE 80
#define LIVE_CHROMA_AFTER 40
#define LIVE_CHROMA_FRAMES 128
#define LIVE_NOVELTY_MEAN 120
#define LIVE_NOVELTY_SCALE 800
#define LIVE_NOVELTY_LEAST 1e-3
/* Level, weighed as for whole songs, but without LEVEL_BARS, which is not known yet,
 * by tests/bench/fit-level --live on the same songs. With the weights of whole songs
 * the live beats' mean CMLt is 0.710 on the 30 songs, 0.697 on 157 of the others and
 * 0.630 on 45 that nothing was fitted on, with these 0.717, 0.715 and 0.639. Weights
 * fitted to what is heard so far choose worse. */
#define LIVE_LEVEL_WEIGHTS                                                     \
  -2.02, -0.54, 5.35, 1.83, 6.13, 0.69, -1.28, -0.91, -3.25, 2.04, -2.24,      \
      4.03, 1.00, 2.72, 0.0, 1.86
/* The beats that count; how many are trusted by half; what speaks for the pulse, for
 * its marks, for the tempo and for the phase that were told. */
#define LIVE_LEVEL_BEATS 64
#define LIVE_LEVEL_FEWEST 3
#define LIVE_LEVEL_SHRINK 4.0
#define LIVE_LEVEL_PULSE 1.0
#define LIVE_LEVEL_MARKS 0.5
#define LIVE_LEVEL_TEMPO 0.5
#define LIVE_LEVEL_STAY 1.0
#define LIVE_SAME_TEMPO 0.08 /* share of the period */
#define LIVE_SAME_PHASE 0.1  /* periods */
/* s that attacks are later than the curves say where they are sharp. */
#define LIVE_SHARP 0.012

/* Tones: sound of 5.5 kHz, windows of 372 ms, so that the notes of a bass, 2.5
 * to 5 Hz apart, fall into bins of 2.7 Hz. */
#define TONE_DECIMATION 8
#define TONE_TAPS 64
#define TONE_CUTOFF_HZ 2400.0
#define TONE_WINDOW 2048
#define TONE_LOWEST_HZ 41.2
#define TONE_MOST_BINS 96

/* K-weighting (ITU-R BS.1770-4), its two filters as analogue prototypes, so that
 * they hold at any rate (De Man, "Evaluation of implementations of the EBU R128
 * loudness measurement", AES 2018): a shelf of the head and a high pass. */
#define LOUDNESS_SHELF_HZ 1681.974450955533
#define LOUDNESS_SHELF_DB 3.999843853973347
#define LOUDNESS_SHELF_Q 0.7071752369554196
#define LOUDNESS_SHELF_SLOPE 0.4996667741545416
#define LOUDNESS_PASS_HZ 38.13547087602444
#define LOUDNESS_PASS_Q 0.5003270373238773
#define LOUDNESS_OFFSET (-0.691)
#define LOUDNESS_SECONDS 0.4 /* momentary (EBU Tech 3341) */

/* Evidence for downbeats: the lowest two octaves are the bass, chroma from 104
 * Hz on; compared with 8 beats to each side, in at most 4 deviations. */
#define BAR_BASS_SEMITONES 24
#define BAR_CHROMA_FROM 16
#define BAR_AROUND 8
#define BAR_MOST 4.0

/* Bars, in nats. The log-odds of a beat count less than fully, since beats
 * repeat each other. By fit-bars, five-fold, on 187 songs with given beats, mean F
 * of the downbeats 0.864; 0.84 to 0.86 with half and twice these, 0.82 without
 * BAR_START. */
#define BAR_TRUST 0.15
#define BAR_START 1.0       /* for a song that begins with a bar */
#define BAR_CUT_COST 5.0    /* a bar that is cut short */
#define BAR_CHANGE_COST 2.0 /* what a change of the metre costs beyond it */
#define BAR_PAUSE_COST 1.5  /* the same after a pause */
#define BAR_PAUSE_BEATS 1.6
#define BAR_PAUSE_LOUDNESS (-3.0) /* deviations */
#define BAR_THREE (-0.5)          /* metres that are rarer than four */
#define BAR_TWO (-9.0)            /* the halves of a bar of four are alike */
#define BAR_TWO_OF_THREE (-1.0)   /* 6/8 */
#define BAR_LEAST 1.0 /* sum of the squares of a beat; songs have 5 and more */
#define BAR_FEWEST 12 /* beats */
#define BAR_LEAST_PARTS 0.1 /* onsets within beats, relative */
/* Bars: the beats whose mean and deviation count, and how many must have been
 * heard before a position is told. */
#define LIVE_BAR_BEATS 32
#define LIVE_BAR_FEWEST 8
#define LIVE_BAR_SURE 0.05 /* nats before the next best */
/* Energy: dB below the loudest beat so far that are 0. */
#define LIVE_ENERGY_RANGE 24.0
