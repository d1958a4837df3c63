#ifndef CLANES_FUSED_H
#define CLANES_FUSED_H

#include <stddef.h>
#include <stdint.h>

// Orders in one shipment whose whole course is known as they are decided, for up to eight strategies ("members") side by
// side: choice, queue, service, transit and sums in one loop. What it computes is said by the Swift form in module Lanes,
// its reference; products and sums are rounded one by one, so that every form gives the same bits.
//
// Values of members lie together: x[place * width + member].

/// What no strategy influences, of one world.
typedef struct {
  // By node, eight numbers: service seconds of an order without its units, of each unit; handling the same; labour an hour; then
  // whole numbers: values of one of its trees, first hour of its region in `slowness`, first value of its trees.
  const double *node_records;
  // By lane, eight numbers: those terms of its tariffs that any lane has, one after the other.
  const double *price_records;
  const int64_t *lane_nodes;
  const int64_t *regions, *service_noises, *lane_transit_noises; // by node; by node; by lane
  const double *inverse_stations;                               // by node
  const int64_t *tree_levels;                                   // by node, see clanes_fused_group.trees
  const uint8_t *lane_has_history;                              // NULL without history
  // Terms that tariffs of freight and emissions have: per shipment, item, kilogram, kilometre, item-km, kg-km; a bit each.
  uint32_t freight_terms, emission_terms;
  // By region x hour; without hours all is 1.
  const double *slowness, *slowness_progress, *service_multipliers;
  const uint8_t *slowness_is_neutral;
  int64_t slowness_hours, multiplier_hours;
  int32_t is_slow_along_the_way;
  int32_t is_late_at_deadline;                                  // else after it
  double end;                                                   // of the replay, seconds
  double unserved_per_order, unserved_per_item, late_per_order, late_per_hour, compensation_cap;
  double complaint_on_time, complaint_late, complaint_per_hour_late, complaint_unserved;
  // Logarithmic bins of lead times: numbers alike in their upper bits, from bin_low on, are a stretch; its first bin, and where the
  // next one begins.
  const int64_t *bin_firsts;
  const double *bin_nexts;
  double bin_low, bin_high;
  uint64_t bin_origin, bin_shift;
  int64_t bin_count;
} clanes_fused_network;

/// Some visits, by visit; "row" is a visit's candidate, from its row offset on; those of ramps are counted by themselves.
typedef struct {
  const double *times, *units, *masses, *values, *goods_costs, *weights, *deadlines;
  const int64_t *products, *first_lanes, *lane_counts, *row_offsets, *ramp_offsets, *own_offsets, *base_offsets, *zone_regions;
  const double *service_factors, *transit_factors;              // visit x distinct noise
  int64_t service_noise_count, transit_noise_count;
  const double *kilometres, *base_hours;                        // from own_offsets[visit] on
  int64_t feature_count, ramp_count, row_capacity, ramp_stride;
  const double *features;                                       // feature x row
  const double *ramp_slopes, *ramp_intercepts;                  // ramp x row of ramps
  const double *day_factors;                                    // by node: share of the day's work a second comes to
} clanes_fused_block;

/// Facts that are summed, in the order of clanes_fused_group.sums.
enum {
  clanes_delivered, clanes_items_delivered, clanes_on_time, clanes_lateness_hours, clanes_lead_time_hours,
  clanes_unserved, clanes_open, clanes_items_unserved, clanes_shipments, clanes_picks, clanes_pick_wait_hours,
  clanes_delivered_value, clanes_goods_cost, clanes_freight, clanes_handling, clanes_compensation,
  clanes_unserved_cost, clanes_kilometres, clanes_carbon, clanes_complaints, clanes_service_hours,
  clanes_lanes_counted, clanes_lanes_with_history, clanes_sum_count
};

/// Orders of a node and member that wait for a station: when each starts, never falling, in a ring.
typedef struct {
  int64_t offset;                                               // of its starts in the pool of all
  uint32_t mask, head, tail, unused;
} clanes_fused_ring;

/// Members and what they did.
typedef struct {
  int64_t node_count;
  // By member.
  const double *feature_weights;                                // feature x member
  const double *ramp_weights;                                   // ramp x member
  const double *ramp_floors, *ramp_caps;                        // by ramp
  const double *queue_weights, *depth_weights, *day_weights;
  const double *slack;                                          // scores so close are not told apart
  const double *base;                                           // place x member, from base_offsets[visit] x width on
  const double *slopes;                                         // lane x member, per kilometre; NULL without
  // State, by node and member.
  double *waiting, *next_starts, *earliest, *committed, *busy_hours;
  clanes_fused_ring *rings;
  double *starts;                                               // the rings' pool
  // Free times of stations: by node, member: lines of eight, each value of a line but the last level's the least of its child line
  // 8 x line + place + 1; by node and member the line in which `earliest` is found.
  double *trees;
  int64_t *leaves;
  double *inverse_stock;                                        // product x node x member; +infinity of none
  double *sums;                                                 // fact x member
  double *bins;                                                 // member x bin
  double *peaks;                                                // by member
  // By member: the choice of the visit in work, -1 = none.
  int64_t *choices;
  uint32_t unsure;                                              // members whose choice is not certain, a bit each
  uint32_t active, doubtful;                                    // those there are, those whose choice never is
  int64_t visit;                                                // in work
} clanes_fused_group;

/// Why a run ended.
enum { clanes_fused_done, clanes_fused_unsure, clanes_fused_full };

/// Replays visits from group->visit up to `end`. Ends early at a visit some members' choices of which are not certain
/// (they are then set by the caller, who goes on with `is_chosen`), and after one that filled a ring.
typedef int clanes_fused_run(
    const clanes_fused_network *network, const clanes_fused_block *block, clanes_fused_group *group, int64_t end,
    int is_chosen);

clanes_fused_run clanes_fused_run_avx2_1, clanes_fused_run_avx2_4, clanes_fused_run_avx2_8;
clanes_fused_run clanes_fused_run_avx512_1, clanes_fused_run_avx512_4, clanes_fused_run_avx512_8;

#endif
