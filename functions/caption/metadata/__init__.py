"""What files say of when, where and with what they were taken."""
