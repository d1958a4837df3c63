// One form of the fused loop; see fused.c, which includes this once for each vector unit and width.
//
// Expects WIDTH, NAME(x), the operations on lines of eight (line, line_load, line_store, line_first, line_put, line_replace,
// line_least) and, for one member, on spans of candidates (span, span_places, span_there, span_load, span_load_places, span_gather,
// span_least).

typedef double NAME(vector) __attribute__((ext_vector_type(WIDTH)));
typedef int64_t NAME(whole) __attribute__((ext_vector_type(WIDTH)));
#if WIDTH == 8
#define MEMBERS {0, 1, 2, 3, 4, 5, 6, 7}
#elif WIDTH == 4
#define MEMBERS {0, 1, 2, 3}
#else
#define MEMBERS {0}
#endif
#define vector NAME(vector)
#define whole NAME(whole)
#define load(place) (*(const vector *)(place))
#define store(place, value) (*(vector *)(place) = (value))
#define load_whole(place) (*(const whole *)(place))
#define store_whole(place, value) (*(whole *)(place) = (value))

/// Values at some places of a table.
INLINE vector NAME(look_up)(const double *table, whole places) {
#if WIDTH == 8 && defined(IS_AVX512)
  return (vector)_mm512_i64gather_pd((__m512i)places, table, 8);
#elif WIDTH == 8
  const __m256d low = _mm256_i64gather_pd(table, (__m256i)places.lo, 8);
  const __m256d high = _mm256_i64gather_pd(table, (__m256i)places.hi, 8);
  return (vector){low[0], low[1], low[2], low[3], high[0], high[1], high[2], high[3]};
#elif WIDTH == 4
  return (vector)_mm256_i64gather_pd(table, (__m256i)places, 8);
#else
  return (vector)table[places[0]];
#endif
}

INLINE whole NAME(look_up_whole)(const int64_t *table, whole places) {
#if WIDTH == 1
  return (whole)table[places[0]];
#else
  return (whole)NAME(look_up)((const double *)table, places);
#endif
}

/// The eight numbers of each member's record in a table.
INLINE void NAME(read_records)(const double *table, whole record, vector numbers[8]) {
#if WIDTH == 8 && defined(IS_AVX512)
  line rows[8];
  for (int member = 0; member < 8; member += 1) rows[member] = line_load(table + 8 * record[member]);
  transpose_lines(rows);
  for (int number = 0; number < 8; number += 1) numbers[number] = (vector)rows[number];
#elif WIDTH == 1
  for (int number = 0; number < 8; number += 1) numbers[number] = (vector)table[8 * record[0] + number];
#else
  for (int four = 0; four < WIDTH; four += 4) {
    for (int half = 0; half < 8; half += 4) {
      __m256d rows[4];
      for (int member = 0; member < 4; member += 1) rows[member] = _mm256_load_pd(table + 8 * record[four + member] + half);
      transpose_four(rows);
      for (int number = 0; number < 4; number += 1)
#if WIDTH == 8
        if (four == 0)
          numbers[half + number].lo = (__typeof__(numbers[0].lo))rows[number];
        else
          numbers[half + number].hi = (__typeof__(numbers[0].lo))rows[number];
#else
        numbers[half + number] = (vector)rows[number];
#endif
    }
  }
#endif
}

/// A bit for each member where a <= b.
INLINE unsigned NAME(bits_at_most)(vector a, vector b) {
#if WIDTH == 8 && defined(IS_AVX512)
  return _mm512_cmp_pd_mask((__m512d)a, (__m512d)b, _CMP_LE_OQ);
#elif WIDTH == 8
  return (unsigned)_mm256_movemask_pd(_mm256_cmp_pd((__m256d)a.lo, (__m256d)b.lo, _CMP_LE_OQ)) |
         (unsigned)_mm256_movemask_pd(_mm256_cmp_pd((__m256d)a.hi, (__m256d)b.hi, _CMP_LE_OQ)) << 4;
#elif WIDTH == 1
  return a[0] <= b[0];
#else
  return (unsigned)_mm256_movemask_pd(_mm256_cmp_pd((__m256d)a, (__m256d)b, _CMP_LE_OQ));
#endif
}

INLINE unsigned NAME(bits)(whole mask) {
#if WIDTH == 8 && defined(IS_AVX512)
  return _mm512_movepi64_mask((__m512i)mask);
#elif WIDTH == 8
  return (unsigned)_mm256_movemask_pd((__m256d)mask.lo) | (unsigned)_mm256_movemask_pd((__m256d)mask.hi) << 4;
#elif WIDTH == 1
  return mask[0] != 0;
#else
  return (unsigned)_mm256_movemask_pd((__m256d)mask);
#endif
}

/// The value of an hour in a table, from some place on; 1 beyond the hours.
INLINE vector NAME(hourly)(const double *table, int64_t hours, whole first, vector time) {
  const vector hour = __builtin_elementwise_floor(time / 3600.0);
  const whole is_inside = (hour >= 0.0) & (hour < (double)hours);
  const vector place = is_inside ? hour : (vector)0.0;
  const vector found = NAME(look_up)(table, first + __builtin_convertvector(place, whole));
  return is_inside ? found : (vector)1.0;
}

/// All bits of one member.
INLINE whole NAME(only)(int member) {
  const whole members = (whole)MEMBERS;
  return members == (whole)(int64_t)member;
}

/// Picks that have started by an instant leave the queues. Places are listed first, without a branch to guess wrong.
INLINE void NAME(start_picks)(clanes_fused_group *group, double time) {
  int32_t due[group->node_count * WIDTH + 16];
  ptrdiff_t count = 0;
  const vector now = time;
  int64_t node = 0;
#if WIDTH == 8 && defined(IS_AVX512)
  __m512i places = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  for (; node + 2 <= group->node_count; node += 2) {
    const double *next = group->next_starts + node * WIDTH;
    const __mmask16 members = _mm512_kunpackb(
        _mm512_cmp_pd_mask((__m512d)load(next + 8), (__m512d)now, _CMP_LE_OQ),
        _mm512_cmp_pd_mask((__m512d)load(next), (__m512d)now, _CMP_LE_OQ));
    _mm512_storeu_si512(due + count, _mm512_maskz_compress_epi32(members, places));
    count += __builtin_popcount(members);
    places = _mm512_add_epi32(places, _mm512_set1_epi32(16));
  }
#endif
#if WIDTH == 1
  for (; node < group->node_count; node += SPAN) {
    unsigned nodes = span_at_most(span_load(group->next_starts + node, span_there(group->node_count - node)), time) &
                     span_there(group->node_count - node);
    for (; nodes != 0; nodes &= nodes - 1) due[count++] = (int32_t)(node + __builtin_ctz(nodes));
  }
#endif
  for (; node < group->node_count; node += 1) {
    unsigned members = NAME(bits_at_most)(load(group->next_starts + node * WIDTH), now);
    for (; members != 0; members &= members - 1) due[count++] = (int32_t)(node * WIDTH + __builtin_ctz(members));
  }
  for (ptrdiff_t index = 0; index < count; index += 1) {
    const int32_t place = due[index];
    clanes_fused_ring *ring = group->rings + place;
    const double *starts = group->starts + ring->offset;
    uint32_t head = ring->head + 1;
    double next = starts[head & ring->mask];
    while (__builtin_expect(next <= time, 0)) {
      head += 1;
      next = starts[head & ring->mask];
    }
    // Whole vectors are written where whole vectors are read soon: the processor hands on no vector made of single stores.
    const whole own = NAME(only)(place % WIDTH);
    double *waiting = group->waiting + place - place % WIDTH, *next_starts = group->next_starts + place - place % WIDTH;
    store(waiting, load(waiting) - (own ? (vector)(double)(head - ring->head) : (vector)0.0));
    store(next_starts, own ? (vector)next : load(next_starts));
    ring->head = head;
  }
}

#if WIDTH == 1
/// Scores the candidates of a visit, as many at a time as a span takes: sets the choice, returns 1 where it is not certain.
INLINE unsigned NAME(score)(
    const clanes_fused_network *network, const clanes_fused_block *block, clanes_fused_group *group, int64_t visit,
    const int features, const int ramps) {
  const double infinity = __builtin_inf();
  const double units = block->units[visit], enough = 1.0 / units, depth_weight = group->depth_weights[0] * units;
  const int64_t first = block->row_offsets[visit], capacity = block->row_capacity, count = block->lane_counts[visit];
  const int64_t first_ramp = block->ramp_offsets[visit];
  const int64_t *nodes = network->lane_nodes + block->first_lanes[visit];
  const double *base = group->base + block->base_offsets[visit];
  const double *stock = group->inverse_stock + block->products[visit] * group->node_count;
  const double *slopes = group->slopes == NULL ? NULL : group->slopes + block->first_lanes[visit];
  const double *kilometres = block->kilometres + block->own_offsets[visit];
  span best = infinity, second = infinity;
  span_places choice = -1, lanes = span_numbers;
  for (int64_t lane = 0; lane < count; lane += SPAN) {
    const unsigned there = span_there(count - lane);
    const span_places node = span_load_places(nodes + lane, there);
    const span waiting = span_gather(group->waiting, node, there), left = span_gather(stock, node, there);
    span score = span_load(base + lane, there);
    if (slopes != NULL) score += span_load(slopes + lane, there) * span_load(kilometres + lane, there);
    for (int feature = 0; feature < features; feature += 1)
      score += group->feature_weights[feature] * span_load(block->features + feature * capacity + first + lane, there);
    score += group->queue_weights[0] * (waiting * span_gather(network->inverse_stations, node, there));
    score += depth_weight * left;
    if (block->day_factors != NULL)
      score += group->day_weights[0] *
               (span_gather(group->committed, node, there) * span_gather(block->day_factors, node, there));
    for (int ramp = 0; ramp < ramps; ramp += 1) {
      const int64_t row = ramp * block->ramp_stride + first_ramp + lane;
      const span value = waiting * span_load(block->ramp_slopes + row, there) + span_load(block->ramp_intercepts + row, there);
      const span floor = group->ramp_floors[ramp], cap = group->ramp_caps[ramp];
      const span raised = value > floor ? value : floor;
      score += group->ramp_weights[ramp] * (raised < cap ? raised : cap);
    }
    score = left <= enough ? score : (span)infinity;
    score = span_only(score, there);
    const span_places is_better = score < best;
    const span loser = is_better ? best : score;
    second = loser < second ? loser : second;
    best = is_better ? score : best;
    choice = is_better ? lanes : choice;
    lanes += SPAN;
  }
  const double least = span_least(best);
  const span_places is_least = best == least;
  // The first of equal ones; all others, and what they have beaten, come second.
  const int64_t chosen = least < infinity ? span_least_place(is_least ? choice : (span_places)INT64_MAX) : -1;
  const span others = choice == chosen ? (span)infinity : best;
  const double next = span_least(others < second ? others : second);
  group->choices[0] = chosen;
  return next <= least + group->slack[0] && chosen >= 0;
}
#else
/// Scores the candidates of a visit: sets choices, returns which members' are not certain.
INLINE unsigned NAME(score)(
    const clanes_fused_network *network, const clanes_fused_block *block, clanes_fused_group *group, int64_t visit,
    const int features, const int ramps) {
  const vector infinity = __builtin_inf();
  const double units = block->units[visit];
  const vector enough = 1.0 / units;
  const vector queue_weight = load(group->queue_weights);
  const vector depth_weight = load(group->depth_weights) * units;
  const vector day_weight = load(group->day_weights);
  vector feature_weights[4] = {0, 0, 0, 0};
  for (int feature = 0; feature < features; feature += 1)
    feature_weights[feature] = load(group->feature_weights + feature * WIDTH);
  vector ramp_weights[3] = {0, 0, 0};
  for (int ramp = 0; ramp < ramps; ramp += 1) ramp_weights[ramp] = load(group->ramp_weights + ramp * WIDTH);
  const int64_t first = block->row_offsets[visit], capacity = block->row_capacity, count = block->lane_counts[visit];
  const int64_t first_ramp = block->ramp_offsets[visit];
  const int64_t *nodes = network->lane_nodes + block->first_lanes[visit];
  const double *base = group->base + block->base_offsets[visit] * WIDTH;
  const double *stock = group->inverse_stock + block->products[visit] * group->node_count * WIDTH;
  const double *slopes = group->slopes == NULL ? NULL : group->slopes + block->first_lanes[visit] * WIDTH;
  const double *kilometres = block->kilometres + block->own_offsets[visit];
  const double *day_factors = block->day_factors;
  vector best = infinity, second = infinity;
  whole choice = -1;
  for (int64_t lane = 0; lane < count; lane += 1) {
    const int64_t node = nodes[lane], place = node * WIDTH;
    const vector waiting = load(group->waiting + place), left = load(stock + place);
    vector score = load(base + lane * WIDTH);
    if (slopes != NULL) score += load(slopes + lane * WIDTH) * kilometres[lane];
    for (int feature = 0; feature < features; feature += 1)
      score += feature_weights[feature] * block->features[feature * capacity + first + lane];
    score += queue_weight * (waiting * network->inverse_stations[node]);
    score += depth_weight * left;
    if (day_factors != NULL) score += day_weight * (load(group->committed + place) * day_factors[node]);
    for (int ramp = 0; ramp < ramps; ramp += 1) {
      const int64_t row = ramp * block->ramp_stride + first_ramp + lane;
      const vector value = waiting * block->ramp_slopes[row] + block->ramp_intercepts[row];
      const vector floor = group->ramp_floors[ramp], cap = group->ramp_caps[ramp];
      const vector raised = value > floor ? value : floor;
      score += ramp_weights[ramp] * (raised < cap ? raised : cap);
    }
    score = left <= enough ? score : infinity;
    const whole is_better = score < best;
    const vector loser = is_better ? best : score;
    second = loser < second ? loser : second;
    best = is_better ? score : best;
    choice = is_better ? (whole)lane : choice;
  }
  store_whole(group->choices, choice);
  return NAME(bits_at_most)(second, best + load(group->slack)) & NAME(bits)(choice >= 0);
}
#endif

#define SCORE(features, ramps)                                                                                          \
  static unsigned NAME(score_##features##_##ramps)(                                                                    \
      const clanes_fused_network *network, const clanes_fused_block *block, clanes_fused_group *group, int64_t visit) { \
    return NAME(score)(network, block, group, visit, features, ramps);                                                 \
  }

SCORE(0, 0) SCORE(1, 0) SCORE(2, 0) SCORE(3, 0) SCORE(4, 0)
SCORE(0, 1) SCORE(1, 1) SCORE(2, 1) SCORE(3, 1) SCORE(4, 1)
SCORE(0, 2) SCORE(1, 2) SCORE(2, 2) SCORE(3, 2) SCORE(4, 2)
SCORE(0, 3) SCORE(1, 3) SCORE(2, 3) SCORE(3, 3) SCORE(4, 3)
#undef SCORE

/// Seconds at which work begun in a region is done, hour by hour; as `Slowness.completion`.
static double NAME(completion)(const clanes_fused_network *network, double work, double time, int64_t region) {
  if (network->slowness_is_neutral[region]) return time + work * 3600;
  const int64_t hours = network->slowness_hours;
  const double *progress = network->slowness_progress + region * (hours + 1);
  const double *slowness = network->slowness + region * hours;
  const double now = time / 3600;
  double done;
  if (now <= 0) {
    done = now;
  } else if (now >= (double)hours) {
    done = progress[hours] + (now - (double)hours);
  } else {
    const int64_t hour = (int64_t)now;
    done = progress[hour] + (now - (double)hour) / slowness[hour];
  }
  const double target = done + work;
  double instant;
  if (target <= 0) {
    instant = target * 3600;
  } else if (target >= progress[hours]) {
    instant = ((double)hours + (target - progress[hours])) * 3600;
  } else {
    const double near = now + work;
    const double bounded = near < 0 ? 0 : near > (double)(hours - 1) ? (double)(hours - 1) : near;
    int64_t low = (int64_t)bounded;
    while (progress[low] > target) low -= 1;
    while (progress[low + 1] <= target) low += 1;
    instant = ((double)low + (target - progress[low]) * slowness[low]) * 3600;
  }
  return instant > time ? instant : time;
}

/// When what is handed over arrives.
INLINE vector NAME(arrival)(
    const clanes_fused_network *network, vector handed_over, vector work, whole first_hour, int64_t zone_region,
    whole is_handed_over) {
  vector arrived;
  if (!network->is_slow_along_the_way) {
    const vector slowness = network->slowness_hours > 0
                                ? NAME(hourly)(network->slowness, network->slowness_hours, first_hour, handed_over)
                                : (vector)1.0;
    arrived = handed_over + work * slowness * 3600.0;
  } else if (network->slowness_hours == 0) {
    const vector half = work / 2.0;
    arrived = handed_over + half * 3600.0;
    arrived = arrived + half * 3600.0;
  } else {
    const unsigned members = NAME(bits)(is_handed_over);
    arrived = __builtin_inf();
    for (int member = 0; member < WIDTH; member += 1) {
      if ((members >> member & 1) == 0) continue;
      const double half = work[member] / 2;
      const double middle = NAME(completion)(
          network, half, handed_over[member], first_hour[member] / network->slowness_hours);
      arrived[member] = NAME(completion)(network, half, middle, zone_region);
    }
  }
  return is_handed_over ? arrived : (vector)__builtin_inf();
}

/// The price of a load over some distances; `terms` tells which terms there are, one after the other.
INLINE vector NAME(price)(
    unsigned terms, const vector *term, double items, double mass, vector kilometres) {
  vector fixed = 0.0, slope = 0.0;
  if (terms & 1) fixed = *term++;
  if (terms & 2) fixed = fixed + *term++ * items;
  if (terms & 4) fixed = fixed + *term++ * mass;
  if (terms & 8) slope = *term++;
  if (terms & 16) slope = slope + *term++ * items;
  if (terms & 32) slope = slope + *term++ * mass;
  return fixed + slope * kilometres;
}

/// Adds weight x value for the members of a mask to a sum.
INLINE void NAME(add)(clanes_fused_group *group, int fact, whole mask, vector weighted) {
  double *sum = group->sums + fact * WIDTH;
  store(sum, load(sum) + (mask ? weighted : (vector)0.0));
}

/// The bins of lead times: a stretch reaches over one more bin at the most.
INLINE whole NAME(bins)(const clanes_fused_network *network, vector value) {
  const vector low = network->bin_low, high = network->bin_high;
  const whole is_low = value < low, is_high = value >= high;
  const vector inside = is_low | is_high ? low : value;
  const whole stretch = ((whole)inside >> network->bin_shift) - (int64_t)network->bin_origin;
  const whole is_next = NAME(look_up)(network->bin_nexts, stretch) <= inside;
  const whole bin = NAME(look_up_whole)(network->bin_firsts, stretch) - is_next;
  const whole bounded = is_low ? (whole)0 : bin;
  return is_high ? (whole)(network->bin_count - 1) : bounded;
}

/// Gives the station of a tree of several levels that is free first until an instant; returns when the next one is free. Each value
/// above the last level is the least of its child line, so that one way up and one way down do, without a branch to guess wrong. The
/// way down ends above the last level, in a line that need not be in the cache yet: see find_leaves.
INLINE double NAME(occupy_deep)(double *tree, int64_t levels, int64_t *leaf, double earliest, double end) {
  int64_t number = *leaf;
  line values = line_replace(line_load(tree + 8 * number), earliest, end);
  line_store(tree + 8 * number, values);
  double least = line_least(values);
  for (int64_t level = 1; level < levels; level += 1) {
    const unsigned child = (unsigned)(number - 1) % 8;
    number = (number - 1) / 8;
    values = line_put(line_load(tree + 8 * number), child, least);
    line_store(tree + 8 * number, values);
    least = line_least(values);
  }
  for (int64_t level = 3; level < levels; level += 1) {
    number = 8 * number + line_first(values, least) + 1;
    values = line_load(tree + 8 * number);
  }
  if (levels > 2) number = 8 * number + line_first(values, least) + 1;
  __builtin_prefetch(tree + 8 * number, 1);
  *leaf = number;
  return least;
}

/// Members whose way down a tree has not come to the last level.
typedef struct {
  int64_t place[WIDTH], tree[WIDTH];
  unsigned members;
} NAME(descents) __attribute__((aligned(64)));

/// Goes the last step down for members whose next free station has been found but for its line: one visit later, when the lines looked at
/// have come from memory.
INLINE void NAME(find_leaves)(clanes_fused_group *group, NAME(descents) *descents) {
  for (unsigned members = descents->members; members != 0; members &= members - 1) {
    const int member = __builtin_ctz(members);
    int64_t *leaf = group->leaves + descents->place[member];
    const double *tree = group->trees + descents->tree[member];
    const unsigned child = line_first(line_load(tree + 8 * *leaf), group->earliest[descents->place[member]]);
    *leaf = 8 * *leaf + child + 1;
    __builtin_prefetch(tree + 8 * *leaf, 1);
  }
  descents->members = 0;
}

/// The least value of each member's line.
INLINE vector NAME(least)(const line *lines) {
#if WIDTH == 8 && defined(IS_AVX512)
  return (vector)least_of_lines(lines);
#else
  vector least;
  for (int member = 0; member < WIDTH; member += 1) least[member] = line_least(lines[member]);
  return least;
#endif
}

/// What each member does to the network, laid out in memory: to take a value out of a vector costs more than to load it.
typedef struct {
  int64_t place[WIDTH], first_place[WIDTH], tree[WIDTH], bin[WIDTH];
  double inverse[WIDTH] __attribute__((aligned(64)));
  double mean_seconds[WIDTH], busy[WIDTH], bin_weight[WIDTH], earliest[WIDTH], pick_end[WIDTH];
  double wait_start[WIDTH];
} NAME(deeds) __attribute__((aligned(64)));

/// Assigns a visit's order to the chosen lanes and counts what becomes of it; nonzero where a ring is full.
INLINE int NAME(assign)(
    const clanes_fused_network *network, const clanes_fused_block *block, clanes_fused_group *group, int64_t visit,
    NAME(descents) *descents) {
  NAME(find_leaves)(group, descents);
  const whole members = (whole)MEMBERS;
  const double time = block->times[visit], items = block->units[visit], mass = block->masses[visit];
  const double weight = block->weights[visit];
  const whole choice = load_whole(group->choices);
  const whole is_served = choice >= 0;
  const whole candidate = is_served ? choice : (whole)0;
  const whole lane = candidate + block->first_lanes[visit];
  vector of_node[8], of_price[8];
  const whole node = NAME(look_up_whole)(network->lane_nodes, lane);
  NAME(read_records)(network->price_records, lane, of_price);
  NAME(read_records)(network->node_records, node, of_node);
  const whole first_place = node * WIDTH, first_hour = (whole)of_node[6];
  const whole place = first_place + members;
  const whole tree_size = (whole)of_node[5];
  const unsigned served = NAME(bits)(is_served), deep = NAME(bits)(tree_size > 8);
  NAME(deeds) deeds;
  store_whole(deeds.place, place);
  store_whole(deeds.first_place, first_place);
  store_whole(deeds.tree, (whole)of_node[7] + members * tree_size);

  // Queue and service.
  const vector earliest = NAME(look_up)(group->earliest, place);
  const vector start = earliest > time ? earliest : (vector)time;
  const vector mean_seconds = of_node[0] + of_node[1] * items;
  const double *service_factors = block->service_factors + visit * block->service_noise_count;
  const vector service_factor =
      block->service_noise_count == 1
          ? (vector)service_factors[0]
          : NAME(look_up)(service_factors, NAME(look_up_whole)(network->service_noises, node));
  vector seconds = mean_seconds * service_factor;
  if (network->multiplier_hours > 0)
    seconds *= NAME(hourly)(
        network->service_multipliers, network->multiplier_hours,
        NAME(look_up_whole)(network->regions, node) * network->multiplier_hours, start);
  const vector pick_end = start + seconds;
  const vector service_hours = seconds * hours_per_second;

  // Transit.
  const whole own = candidate + block->own_offsets[visit];
  const vector kilometres = NAME(look_up)(block->kilometres, own);
  const double *transit_factors = block->transit_factors + visit * block->transit_noise_count;
  const vector transit_factor =
      block->transit_noise_count == 1
          ? (vector)transit_factors[0]
          : NAME(look_up)(transit_factors, NAME(look_up_whole)(network->lane_transit_noises, lane));
  const vector work = NAME(look_up)(block->base_hours, own) * transit_factor;
  const vector end = network->end;
  const vector arrived = NAME(arrival)(
      network, pick_end, work, first_hour, block->zone_regions[visit], is_served & (pick_end <= end));
  const whole is_delivered = is_served & (arrived <= end);
  const whole is_picked = is_served & (start <= end);

  // Sums.
  const vector one = weight;
  const double deadline = block->deadlines[visit];
  const whole is_late = is_delivered & (network->is_late_at_deadline ? arrived >= deadline : arrived > deadline);
  const vector late = is_late ? (arrived - deadline) * hours_per_second : (vector)0.0;
  const vector lead = (arrived - time) * hours_per_second;
  const vector raw_compensation = network->late_per_order + network->late_per_hour * late;
  const vector compensation =
      raw_compensation < network->compensation_cap ? raw_compensation : (vector)network->compensation_cap;
  const vector raw_complaint = network->complaint_late + network->complaint_per_hour_late * late;
  const vector late_complaint = raw_complaint < 1.0 ? raw_complaint : (vector)1.0;
  const vector labour = of_node[4] * service_hours;
  const vector handling = (of_node[2] + of_node[3] * items) + (is_picked ? labour : (vector)0.0);
  const vector freight = NAME(price)(network->freight_terms, of_price, items, mass, kilometres);
  NAME(add)(group, clanes_delivered, is_delivered, one);
  NAME(add)(group, clanes_items_delivered, is_delivered, weight * items);
  NAME(add)(group, clanes_on_time, is_delivered & ~is_late, one);
  NAME(add)(group, clanes_lateness_hours, is_late, weight * late);
  NAME(add)(group, clanes_lead_time_hours, is_delivered, weight * lead);
  NAME(add)(group, clanes_open, is_served & ~is_delivered, one);
  NAME(add)(group, clanes_shipments, is_served, one);
  NAME(add)(group, clanes_picks, is_picked, one);
  NAME(add)(group, clanes_pick_wait_hours, is_picked, weight * ((start - time) * hours_per_second));
  NAME(add)(group, clanes_delivered_value, is_delivered, weight * block->values[visit]);
  NAME(add)(group, clanes_goods_cost, is_delivered, weight * block->goods_costs[visit]);
  NAME(add)(group, clanes_freight, is_served, weight * freight);
  NAME(add)(group, clanes_handling, is_served, weight * handling);
  NAME(add)(group, clanes_compensation, is_late, weight * compensation);
  NAME(add)(group, clanes_kilometres, is_served, weight * kilometres);
  NAME(add)(group, clanes_service_hours, is_picked, weight * service_hours);
  if (network->emission_terms != 0) {
    const vector carbon = NAME(price)(
        network->emission_terms, of_price + __builtin_popcount(network->freight_terms), items, mass, kilometres);
    NAME(add)(group, clanes_carbon, is_served, weight * carbon);
  }
  NAME(add)(
      group, clanes_complaints, is_delivered,
      weight * (is_late ? late_complaint : (vector)network->complaint_on_time));
  if (served != (1u << WIDTH) - 1) {
    const double cost = network->unserved_per_order + network->unserved_per_item * items;
    const double complaint = network->complaint_unserved > 0 ? network->complaint_unserved : 0;
    NAME(add)(group, clanes_unserved, ~is_served, one);
    NAME(add)(group, clanes_items_unserved, ~is_served, weight * items);
    NAME(add)(group, clanes_unserved_cost, ~is_served, weight * cost);
    NAME(add)(group, clanes_complaints, ~is_served, weight * complaint);
  }

  // State, member by member: no branch depends on what happened, so that none is guessed wrong.
  double *stock = group->inverse_stock + block->products[visit] * group->node_count * WIDTH;
  const vector left = __builtin_elementwise_rint(1.0 / NAME(look_up)(stock, place)) - items;
  const vector inverse = left > 0.0 ? 1.0 / left : (vector)__builtin_inf();
  const vector waiting = NAME(look_up)(group->waiting, place) + 1.0;
  const whole waits = is_served & (start > time);
  const vector peaks = load(group->peaks);
  const whole is_peak = waits & (waiting > peaks);
  store(group->peaks, is_peak ? waiting : peaks);
  const vector wait_start = waits ? start : (vector)__builtin_inf();
  const vector wait_count = waits ? (vector)1.0 : (vector)0.0;
  store_whole(deeds.bin, NAME(bins)(network, lead) + members * network->bin_count);
  store(deeds.inverse, inverse);
  store(deeds.mean_seconds, mean_seconds);
  store(deeds.busy, is_picked ? service_hours : (vector)0.0);
  store(deeds.bin_weight, is_delivered ? one : (vector)0.0);
  store(deeds.earliest, earliest);
  store(deeds.pick_end, pick_end);
  store(deeds.wait_start, wait_start);
  KEEP_IN_MEMORY;
  const unsigned waiting_members = NAME(bits)(waits);
  unsigned full = 0;
  line lines[WIDTH];
  double next_free[WIDTH];
#pragma clang loop unroll(full)
  for (int member = 0; member < WIDTH; member += 1) {
    lines[member] = line_load(deeds.inverse);
    if (__builtin_expect((served >> member & 1) == 0, 0)) continue;
    const int64_t at = deeds.place[member];
    stock[at] = deeds.inverse[member];
    if (block->day_factors != NULL) group->committed[at] += deeds.mean_seconds[member];
    group->busy_hours[at] += deeds.busy[member];
    group->bins[deeds.bin[member]] += deeds.bin_weight[member];

    // The station that is free first is taken. Whole lines are written, since a line is read again as a whole.
    double *tree = group->trees + deeds.tree[member];
    if (deep >> member & 1) {
      next_free[member] = NAME(occupy_deep)(
          tree, network->tree_levels[deeds.first_place[member] / WIDTH], group->leaves + at, deeds.earliest[member],
          deeds.pick_end[member]);
    } else {
      lines[member] = line_replace(line_load(tree), deeds.earliest[member], deeds.pick_end[member]);
      line_store(tree, lines[member]);
    }

    // An order that does not wait leaves +infinity where it was.
    clanes_fused_ring *ring = group->rings + at;
    double *starts = group->starts + ring->offset;
    const uint32_t mask = ring->mask, tail = ring->tail, next_tail = tail + (waiting_members >> member & 1);
    starts[tail & mask] = deeds.wait_start[member];
    starts[next_tail & mask] = __builtin_inf();
    ring->tail = next_tail;
    full |= (unsigned)(next_tail - ring->head >= mask);
    const whole own = NAME(only)(member);
    double *queue = group->waiting + deeds.first_place[member];
    double *next_starts = group->next_starts + deeds.first_place[member];
    store(queue, load(queue) + (own ? wait_count : (vector)0.0));
    const vector next = load(next_starts);
    const whole is_next = own & (wait_start < next);
    store(next_starts, is_next ? wait_start : next);
  }
  store(deeds.earliest, NAME(least)(lines));
  KEEP_IN_MEMORY;
  for (int member = 0; member < WIDTH; member += 1)
    if (__builtin_expect(served >> member & 1, 1))
      group->earliest[deeds.place[member]] = deep >> member & 1 ? next_free[member] : deeds.earliest[member];
  descents->members = deep & served;
  store_whole(descents->place, place);
  store_whole(descents->tree, load_whole(deeds.tree));
  if (network->lane_has_history != NULL && weight > 0) {
    for (int member = 0; member < WIDTH; member += 1) {
      if ((served >> member & 1) == 0) continue;
      group->sums[clanes_lanes_counted * WIDTH + member] += 1;
      group->sums[clanes_lanes_with_history * WIDTH + member] += network->lane_has_history[lane[member]];
    }
  }
  return (int)full;
}

int NAME(clanes_fused_run)(
    const clanes_fused_network *network, const clanes_fused_block *block, clanes_fused_group *group, int64_t end,
    int is_chosen) {
  typedef unsigned score(
      const clanes_fused_network *, const clanes_fused_block *, clanes_fused_group *, int64_t);
#define ROW(ramps) \
  {NAME(score_0_##ramps), NAME(score_1_##ramps), NAME(score_2_##ramps), NAME(score_3_##ramps), NAME(score_4_##ramps)}
  static score *const scores[4][5] = {ROW(0), ROW(1), ROW(2), ROW(3)};
#undef ROW
  score *const score_visit = scores[block->ramp_count][block->feature_count];
  NAME(descents) descents;
  descents.members = 0;
  int64_t visit = group->visit;
  int reason = clanes_fused_done;
  while (visit < end && reason == clanes_fused_done) {
    if (is_chosen) {
      is_chosen = 0;
    } else {
      NAME(start_picks)(group, block->times[visit]);
      group->unsure = (score_visit(network, block, group, visit) | group->doubtful) & group->active;
      if (group->unsure != 0) {
        reason = clanes_fused_unsure;
        break;
      }
    }
    if (NAME(assign)(network, block, group, visit, &descents)) reason = clanes_fused_full;
    visit += 1;
  }
  NAME(find_leaves)(group, &descents);
  group->visit = visit;
  return reason;
}

#undef MEMBERS
#undef vector
#undef whole
#undef load
#undef store
#undef load_whole
#undef store_whole
