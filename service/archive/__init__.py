"""The archive: millions of articles from files into files, on one machine or many, resumed where it stopped."""
