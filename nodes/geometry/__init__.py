"""Where a photo's pixels lie: turned, straightened, cropped, and taken off the scanner's glass."""
