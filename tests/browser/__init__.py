"""What a visitor and an agent see, in a real Chromium against a real demo."""
