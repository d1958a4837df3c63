// Filled by its first member.
