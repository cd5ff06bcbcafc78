"""What an interview comes to in the end: verdicts with their evidence, an inclination, and what to do tomorrow."""
