"""The generators: native names and terms become the forms a source language brings into English."""
