"""What every room rests on: the store, its vocabulary, Vietnamese, what the office itself added."""
