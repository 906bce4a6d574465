"""Looking at pictures: examine the bytes, make renditions, name what is seen, write it down."""
