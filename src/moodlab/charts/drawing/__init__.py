"""The tools that all charts share: sheet, axes, fonts, hatching, files. Charts belong elsewhere."""
