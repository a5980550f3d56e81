"""What every chart is drawn with: sheet, axes, fonts, hatching, files. No chart."""
