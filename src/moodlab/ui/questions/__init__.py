"""The questions for the visit, as the pages Treatments and Report show them."""
